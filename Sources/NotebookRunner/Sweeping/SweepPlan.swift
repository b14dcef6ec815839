import Cells
import Diagnostics
import Documents
import Formats
import Foundation

/// One run of a sweep: its place, and everything its results depend on.
struct PlannedRun: Sendable {
  /// What `-p` gives it, in order.
  var arguments: [RunOptions.Parameter]
  /// The same as the notebook sees it: `0.001` for `1e-3`; the seed is among them where there are several.
  var values: [(name: String, value: String)]
  /// `--seed`, where one was given.
  var seed: UInt64?
  var settings: RunIdentity
  /// In the sweep's folder.
  var folder: String

  /// `lr=0.1, epochs=5`.
  var title: String { values.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") }
}

/// What a run's results depend on: where it is the same, a finished run need not be repeated.
struct RunIdentity: Codable, Sendable, Hashable {
  var notebookSHA256: String
  /// What the sweep gave, as the notebook sees it.
  var parameters: [String: String]
  var seed: UInt64
  /// As asked for; a machine may compute with another.
  var precision: String
  /// `--data`.
  var data: String?
  var quire: String
}

/// A sweep that was checked: every combination, before anything runs.
struct SweepPlan: Sendable {
  let document: Document
  /// Names of the parameters given, in order.
  let names: [String]
  let runs: [PlannedRun]
  let seeds: [UInt64]
  /// Every problem of every combination as it is printed, each once.
  let problems: [String]
  let errors: Int

  init(_ options: SweepOptions, document: Document, found: [Diagnostic]) {
    let grid = Grid(options.run)
    let catalogue = Catalogue.quire(.idle)
    var problems = grid.problems
    var printed = grid.problems.map { problem in
      problem.rendered(
        in: grid.sources.first { $0.name == problem.range?.start.file }, file: document.source.name)
    }
    var seen = Set(printed)
    func note(_ problem: Diagnostic, _ text: String) {
      guard seen.insert(text).inserted else { return }
      problems.append(problem)
      printed.append(text)
    }
    func note(_ problem: SweepProblem, at range: SourceRange? = nil) {
      let problem = problem.diagnostic(at: range)
      note(
        problem,
        problem.rendered(in: grid.sources.first { $0.name == range?.start.file }, file: document.source.name))
    }

    // Too many combinations are not even checked.
    let combinations = grid.count.map { $0 <= Grid.limit } == true ? grid.combinations : []
    let seedless = options.run.seed ?? document.frontMatter.seed ?? 0
    let seeds: [UInt64?] = options.seeds.isEmpty ? [nil] : options.seeds
    var digest = ""
    if let bytes = FileManager.default.contents(atPath: options.run.notebook) {
      digest = (try? Digest.hex(.sha256, of: Array(bytes))) ?? ""
    }
    var runs: [PlannedRun] = []
    var canonical: [String: [String: String]] = [:]
    for given in combinations {
      let notebook = CheckedNotebook(document, found: found, catalogue: catalogue, given: given)
      for problem in notebook.problems { note(problem, notebook.rendered(problem)) }
      let known = Dictionary(notebook.parameters.map { ($0.name, $0.value.inlineText) }) { $1 }
      let values = given.parameters.map { (name: $0.name, value: known[$0.name] ?? $0.value.text) }
      for (parameter, value) in zip(given.parameters, values) {
        let text = parameter.value.text
        if let other = canonical[value.name]?[value.value], other != text {
          note(.sameValue(value.name, other, text), at: parameter.value.place)
        }
        canonical[value.name, default: [:]][value.value] = text
      }
      for seed in seeds {
        runs.append(
          PlannedRun(
            arguments: given.parameters.map { RunOptions.Parameter(name: $0.name, value: $0.value.text) },
            values: values + (options.seeds.isEmpty ? [] : [("seed", "\(seed ?? 0)")]),
            seed: seed ?? options.run.seed,
            settings: RunIdentity(
              notebookSHA256: digest,
              parameters: Dictionary(values.map { ($0.name, $0.value) }) { $1 }, seed: seed ?? seedless,
              precision: options.run.precision.rawValue, data: options.run.data, quire: Version.current),
            folder: ""))
      }
      if grid.axes.isEmpty, options.seeds.isEmpty {
        note(.nothingToSweep(parameters: notebook.document.parameters == nil ? [] : known.keys.sorted()))
      }
    }
    for axis in grid.axes {
      var texts: Set<String> = []
      for value in axis.values where !texts.insert(value.text).inserted {
        note(.sameValue(axis.name, value.text, value.text), at: value.place)
      }
    }
    var known: Set<UInt64> = []
    for seed in options.seeds where !known.insert(seed).inserted { note(.sameSeed(seed)) }
    for (index, folder) in RunName.folders(runs.map(\.values)).enumerated() { runs[index].folder = folder }

    self.document = document
    names = grid.axes.map(\.name)
    self.runs = runs
    self.seeds = options.seeds
    self.problems = printed
    errors = problems.count { $0.severity == .error }
  }
}
