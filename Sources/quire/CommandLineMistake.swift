import Diagnostics
import NotebookRunner

/// Explains a command line that ArgumentParser refuses, for people who know other tools.
enum CommandLineMistake {
  /// The error for a first argument that is no command; `nil` if it is one, or an option.
  static func unknownCommand(in arguments: [String], known: [String]) -> String? {
    guard let name = arguments.first, !name.hasPrefix("-"), name != "help", !known.contains(name) else {
      return nil
    }
    if name.hasSuffix(".md") { return "quire: a command is missing; write 'quire run \(name)'" }
    if name.hasSuffix(".ipynb") { return "quire: a command is missing; write 'quire import \(name)'" }
    let advice =
      commands[name.lowercased()]
      ?? nearMiss(of: name, among: known).map { "did you mean 'quire \($0)'?" }
      ?? "the commands are \(known.joined(separator: ", "))"
    return "quire: unknown command '\(name)'; \(advice)"
  }

  /// The error for an option or argument that a command does not have; `nil` if there is nothing better to say than
  /// the parser's message.
  ///
  /// - Parameter message: the parser's message, which names the option.
  static func explanation(of message: String, arguments: [String]) -> String? {
    guard let command = arguments.first else { return nil }
    if let match = message.firstMatch(of: /Unexpected argument '([^'=]+)=([^']*)'/) {
      guard takesParameters.contains(command) else { return nil }
      return "quire \(command): unexpected argument '\(match.1)=\(match.2)'; write '-p \(match.1)=\(match.2)'"
    }
    guard let match = message.firstMatch(of: /Unknown option '(-{1,2}[^']+)'/) else { return nil }
    let option = String(match.1)
    // The parser's advice is only about letters: '--to' is no misspelt '--no'.
    let suggested = message.firstMatch(of: /Did you mean '(-{1,2}[^']+)'/).map { String($0.1) }
    let isNear = suggested.map { nearMiss(of: option, among: [$0]) != nil } ?? false
    guard let advice = advice(on: option, command, arguments, parserHasAdvice: isNear) else {
      return suggested == nil || isNear
        ? nil : "quire \(command): unknown option '\(option)'; 'quire \(command) --help' lists the options"
    }
    return "quire \(command): unknown option '\(option)'; \(advice)"
  }

  private static let takesParameters: Set<String> = ["run", "sweep", "check"]

  private static func advice(
    on option: String, _ command: String, _ arguments: [String], parserHasAdvice: Bool
  ) -> String? {
    let name = key(option)
    if command == "bench" { return benchOptions[name] }
    guard takesParameters.contains(command), option.hasPrefix("--") else { return options[name] }
    if let known = parameterOptions[name] { return known }
    let path = arguments.dropFirst().first { $0.hasSuffix(".md") }
    let parameters = path.map(NotebookRunner.parameters) ?? []
    let wanted = [name] + (synonyms[name] ?? [])
    if let found = parameters.first(where: { wanted.contains(key($0)) }) {
      return "the notebook's parameters are set with -p: -p \(found)=\(value(of: option, in: arguments))"
    }
    if let known = options[name] { return known }
    if parserHasAdvice { return nil }
    if let near = nearMiss(of: camelCase(option), among: parameters) {
      return
        "did you mean the notebook's parameter '\(near)'? write '-p \(near)=\(value(of: option, in: arguments))'"
    }
    if parameters.isEmpty {
      return
        "a parameter of the notebook is set with -p: -p \(camelCase(option))=\(value(of: option, in: arguments))"
    }
    return "the notebook's parameters are \(parameters.joined(separator: ", ")), set with -p NAME=VALUE"
  }

  /// The option's value: the text after `=`, or the next argument.
  private static func value(of option: String, in arguments: [String]) -> String {
    for (index, argument) in arguments.enumerated() {
      if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
      if argument == option, arguments.indices.contains(index + 1), !arguments[index + 1].hasPrefix("--") {
        return arguments[index + 1]
      }
    }
    return "VALUE"
  }

  private static func key(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func camelCase(_ option: String) -> String {
    let words = option.split { $0 == "-" || $0 == "_" }
    return words.enumerated().map { $0.offset == 0 ? String($0.element) : $0.element.capitalized }.joined()
  }

  /// Names that mean the same parameter, without case and hyphens.
  private static let synonyms: [String: [String]] = [
    "lr": ["learningrate", "rate"], "learningrate": ["lr", "rate"], "rate": ["lr", "learningrate"],
    "bs": ["batchsize"], "batch": ["batchsize"], "wd": ["weightdecay"],
    "numepochs": ["epochs"], "nepochs": ["epochs"], "maxepochs": ["epochs"], "epoch": ["epochs"],
  ]

  private static let onTheProcessor =
    "Quire computes on the processor; --threads sets the number of threads"
  private static let startsOver = "--fresh ignores saved results and re-runs everything"

  private static let batches = "--batches sets the number of batches to time"
  /// Advice on options of `quire bench`.
  private static let benchOptions: [String: String] = [
    "steps": batches, "step": batches, "iterations": batches, "iters": batches, "n": batches,
    "bs": "--batch-size sets the images per batch", "batch": "--batch-size sets the images per batch",
    "device": onTheProcessor, "gpu": onTheProcessor, "cuda": onTheProcessor,
    "workers": "--threads sets the number of threads", "model": "--network names the network",
    "net": "--network names the network", "dtype": "--precision names the numeric precision",
  ]

  private static let setsParameter =
    "-p NAME=VALUE sets a parameter of the notebook; -P FILE reads parameters from a YAML file"
  /// Advice on options that set parameters in other tools; no notebook means a parameter by these names.
  private static let parameterOptions: [String: String] = [
    "param": setsParameter, "params": setsParameter, "set": setsParameter, "define": setsParameter,
    "var": setsParameter, "arg": setsParameter, "args": setsParameter, "override": setsParameter,
  ]

  private static let otherFormats =
    "'quire run' writes the HTML report; 'quire export NOTEBOOK --to FORMAT' writes other formats"

  /// Advice on options of other tools, without hyphens.
  private static let options: [String: String] = [
    "gpu": onTheProcessor, "gpus": onTheProcessor, "cuda": onTheProcessor, "device": onTheProcessor,
    "devices": onTheProcessor, "accelerator": onTheProcessor, "nocuda": onTheProcessor, "mps": onTheProcessor,
    "workers": "--threads sets the number of threads", "numworkers": "--threads sets the number of threads",
    "njobs": "--threads sets the number of threads",
    "resume": "a run resumes by itself; \(startsOver)", "continue": "a run resumes by itself; \(startsOver)",
    "force": startsOver, "overwrite": startsOver, "nocache": startsOver, "refresh": startsOver,
    "amp": "--precision mixedBFloat16 trains in mixed precision",
    "fp16": "--precision mixedBFloat16 trains in mixed precision",
    "bf16": "--precision mixedBFloat16 trains in mixed precision",
    "out": "--output sets the folder for results", "outdir": "--output sets the folder for results",
    "outputdir": "--output sets the folder for results", "savedir": "--output sets the folder for results",
    "logdir": "--output sets the folder for results",
    "datadir": "--data sets the folder to search for data sets",
    "datapath": "--data sets the folder to search for data sets",
    "dataset": "--data sets the folder to search for data sets; the notebook names the data set",
    "config": "-P FILE reads parameters from a YAML file",
    "seeds": "'quire sweep' runs a notebook with several seeds",
    "verbose": "not available; --quiet prints less", "debug": "not available; --quiet prints less",
    "open": "'quire open NOTEBOOK' opens the report",
    "html": otherFormats, "to": otherFormats, "format": otherFormats, "pdf": otherFormats,
    "execute": "not needed: 'quire run' runs every step; 'quire check' runs none",
    "watch": "not available; run the same command again, and unchanged steps are restored from the cache",
    "port": "not available; 'quire open NOTEBOOK' opens the report",
    "jobs": "'quire sweep' takes --jobs",
    "checkpoint": "--checkpoint-every N saves a checkpoint every N batches",
  ]

  /// Advice on commands of other tools.
  private static let commands: [String: String] = [
    "train": "'quire run NOTEBOOK' trains what the notebook's 'train' steps say",
    "fit": "'quire run NOTEBOOK' trains what the notebook's 'train' steps say",
    "execute": "write 'quire run'", "exec": "write 'quire run'", "start": "write 'quire run'",
    "render": "'quire run' writes the report; 'quire export' writes other formats",
    "build": "'quire run' writes the report", "test": "'quire check' checks a notebook without running it",
    "lint": "write 'quire check'", "validate": "write 'quire check'", "fix": "write 'quire check --fix'",
    "format": "not available", "init": "write 'quire new'", "create": "write 'quire new'",
    "convert": "'quire export' writes other formats; 'quire import' reads a Jupyter notebook",
    "view": "write 'quire open'", "show": "write 'quire open'", "report": "write 'quire open'",
    "preview": "write 'quire open'", "serve": "write 'quire open'",
    "tune": "'quire sweep' tries several values of parameters",
    "search": "'quire sweep' tries several values of parameters",
    "grid": "'quire sweep' tries several values of parameters",
    "download": "write 'quire data fetch cifar10'", "fetch": "write 'quire data fetch cifar10'",
    "clean": "write 'quire cache gc' or 'quire cache rm'", "explain": "write 'quire describe'",
    "docs": "write 'quire describe'", "list": "write 'quire describe'", "benchmark": "write 'quire bench'",
    "version": "write 'quire --version'", "predict": "write a 'predict' step in a notebook",
    "eval": "write an 'evaluate' step in a notebook", "evaluate": "write an 'evaluate' step in a notebook",
  ]
}
