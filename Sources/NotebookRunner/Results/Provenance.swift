import Foundation
import Neural
import Reporting
import Support
import Synchronization

/// Information for reproducing a run, shown in the report's footer, embedded as JSON and saved in run.json.
struct RunProvenance: Codable, Sendable {
  var notebook: String
  var notebookSHA256: String
  var parameters: [String: String]
  var seed: UInt64
  var precision: String
  /// The number of training threads; `nil` if it varied.
  var threads: Int?
  var dataset: String?
  var datasetSHA256: String?
  var trainImages: Int?
  var validationImages: Int?
  var testImages: Int?
  var commit: String?
  var commitIsClean: Bool?
  var quire: String
  var toolchain: String
  var processor: String
  var instructionSet: String
  var system: String
  var started: String
  var ended: String?
  var command: String
  /// The steps restored from an earlier run; shown only on the page.
  private var steps: Fact?

  private enum CodingKeys: String, CodingKey {
    case notebook, notebookSHA256, parameters, seed, precision, threads, dataset, datasetSHA256, trainImages
    case validationImages, testImages, commit, commitIsClean, quire, toolchain, processor, instructionSet,
      system, started,
      ended
    case command
  }

  init(_ run: RunSnapshot) {
    let options = run.options
    let source = run.notebook.document.source
    notebook = options.notebook
    notebookSHA256 = run.notebookSHA256
    parameters = Dictionary(
      run.notebook.parameters.map { ($0.name, $0.value.inlineText) }, uniquingKeysWith: { $1 })
    seed = run.settings.seed
    precision = Self.precision(run)
    threads =
      run.results.provenances.isEmpty ? run.settings.threads : run.trainingThreads
    steps = Self.steps(run)
    let data = run.results.dataset
    dataset = data?.name
    datasetSHA256 = data?.fingerprint
    trainImages = data?.trainImages
    validationImages = data?.validationImages
    testImages = data.flatMap { $0.testImages > 0 ? $0.testImages : nil }
    let git = Machine.commit(of: options.directory)
    commit = git?.hash
    commitIsClean = git?.isClean
    quire = Machine.quire
    toolchain = Machine.toolchain
    processor = Machine.processor
    instructionSet = Machine.instructionSet
    system = Machine.system
    started = run.started.formatted(.iso8601)
    ended = run.ended?.formatted(.iso8601)
    command = options.command.isEmpty ? "quire run \(source.name)" : Self.quoted(options.command)
  }

  /// The facts for the page's footer.
  var facts: [Fact] {
    var facts = [
      Fact("Command", command),
      Fact("Notebook", notebook, note: "SHA-256 \(notebookSHA256)"),
      Fact("Seed", "\(seed)"),
    ]
    if !parameters.isEmpty {
      let list = parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
      facts.append(Fact("Parameters", list.joined(separator: ", ")))
    }
    if let dataset {
      let counts = [(trainImages, "training"), (validationImages, "validation"), (testImages, "test")]
        .compactMap { count, split in count.map { "\(Number.grouped($0)) \(split)" } }
      facts.append(
        Fact(
          "Data", "\(dataset): \(counts.joined(separator: ", ")) images",
          note: datasetSHA256.map { "SHA-256 \($0)" }))
    }
    if let commit {
      facts.append(Fact("Commit", commit, note: commitIsClean == true ? "clean" : "with uncommitted changes"))
    }
    facts += [
      Fact("Quire", quire, note: toolchain),
      Fact(
        "Machine", processor,
        note: [instructionSet, threads.map { Number.counted($0, "thread") }, precision, system].compactMap(
          \.self
        )
        .joined(separator: ", ")),
    ]
    if let steps { facts.append(steps) }
    facts.append(Fact("Started", started))
    if let ended { facts.append(Fact("Ended", ended)) }
    return facts
  }

  /// For example `All 5 steps restored from cache`; for a resumed training, where it resumed.
  private static func steps(_ run: RunSnapshot) -> Fact {
    let steps = run.steps
    let restored = steps.count(where: \.isRestored)
    let resumption = steps.indices.filter { !steps[$0].isRestored }.compactMap(run.resumption).last
    let text =
      restored == 0
      ? "All steps ran"
      : restored == steps.count
        ? "All \(restored) steps restored from cache"
        : "\(restored) of \(steps.count) steps restored from cache"
    return Fact("Steps", text + (resumption.map { ", training \($0) of an earlier run" } ?? ""))
  }

  /// The precision of the trainings; without any, the precision that they would have.
  private static func precision(_ run: RunSnapshot) -> String {
    let used = Set(run.results.precisions.map(\.rawValue))
    return used.isEmpty
      ? run.settings.precision.supported.rawValue : used.sorted().joined(separator: ", ")
  }

  static func sha256(ofFile path: String) -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else { return "" }
    return (try? Digest.hex(.sha256, of: Array(bytes))) ?? ""
  }

  /// Arguments quoted for a shell.
  static func quoted(_ arguments: [String]) -> String {
    let safe = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./:,+@%")
    guard let first = arguments.first else { return "" }
    let program = first.split(separator: "/").last.map(String.init) ?? "quire"
    let rest = arguments.dropFirst().map { argument in
      !argument.isEmpty && argument.allSatisfy(safe.contains)
        ? argument : "'" + argument.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
    return ([program] + rest).joined(separator: " ")
  }
}
