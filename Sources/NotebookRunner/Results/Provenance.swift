import Formats
import Foundation
import Neural
import Reporting
import Synchronization

/// What makes a run repeatable: gathered once, shown in the footer, embedded as JSON, kept in run.json.
struct RunProvenance: Codable, Sendable {
  var notebook: String
  var notebookSHA256: String
  var parameters: [String: String]
  var seed: UInt64
  var precision: String
  var threads: Int
  var dataset: String?
  var datasetSHA256: String?
  var trainImages: Int?
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

  init(_ session: Session) {
    let options = session.options
    let source = session.notebook.document.source
    notebook = options.notebook
    notebookSHA256 = Self.sha256(ofFile: options.notebook)
    parameters = Dictionary(
      session.notebook.parameters.map { ($0.name, $0.value.inlineText) }, uniquingKeysWith: { $1 })
    seed = session.run.settings.seed
    precision = Self.precision(session)
    threads = session.run.settings.threads
    let data = session.run.results.dataset
    dataset = data?.name
    datasetSHA256 = data?.fingerprint
    trainImages = data?.trainImages
    testImages = data?.testImages
    let git = Machine.commit(of: options.directory)
    commit = git?.hash
    commitIsClean = git?.isClean
    quire = Version.current
    toolchain = Machine.toolchain
    processor = Machine.processor
    instructionSet = Machine.instructionSet
    system = Machine.system
    let format = ISO8601DateFormatter()
    started = format.string(from: session.started)
    ended = session.ended.map { format.string(from: $0) }
    command = options.command.isEmpty ? "quire run \(source.name)" : Self.quoted(options.command)
  }

  /// For the page's footer.
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
      facts.append(
        Fact(
          "Data",
          "\(dataset): \(grouped(trainImages ?? 0)) training, \(grouped(testImages ?? 0)) test images",
          note: datasetSHA256.map { "SHA-256 \($0)" }))
    }
    if let commit {
      facts.append(Fact("Commit", commit, note: commitIsClean == true ? "clean" : "with uncommitted changes"))
    }
    facts += [
      Fact("Quire", quire, note: toolchain),
      Fact("Machine", processor, note: "\(instructionSet), \(threads) threads, \(precision), \(system)"),
      Fact("Started", started),
    ]
    if let ended { facts.append(Fact("Ended", ended)) }
    return facts
  }

  /// What the trainings were computed with; what they would be where there was none.
  private static func precision(_ session: Session) -> String {
    let used = Set(session.run.results.precisions.map(\.rawValue))
    return used.isEmpty
      ? session.run.settings.precision.supported.rawValue : used.sorted().joined(separator: ", ")
  }

  static func sha256(ofFile path: String) -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else { return "" }
    return (try? Digest.hex(.sha256, of: Array(bytes))) ?? ""
  }

  /// Arguments as a shell takes them.
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
