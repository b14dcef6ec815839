import Foundation
import Support

/// The past runs of the notebooks of an output folder, in `output/.quire/history/NAME/`.
///
/// A run adds a file when it ends; a few kilobytes outlive the report. The notebook's source is kept once per version.
struct RunHistory {
  /// A past run.
  struct Entry: Codable, Sendable {
    /// The run's number, from 1.
    var number: Int
    /// Its run.json, without local paths.
    var record: RunRecord
    /// The epochs of each training, as in history.csv.
    var epochs: [String]
  }

  private let folder: String
  /// The notebook's name, without extension.
  let name: String

  init(output: String, name: String) {
    folder = "\(Self.root(output))/\(name)"
    self.name = name
  }

  private static func root(_ output: String) -> String { "\(output.isEmpty ? "." : output)/.quire/history" }

  /// The names of the notebooks with past runs, sorted.
  static func names(output: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root(output))) ?? []).sorted()
  }

  /// The numbers of the runs, in order.
  var numbers: [Int] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }.filter { $0 > 0 }.sorted()
  }

  /// The runs, in order; files that cannot be read are left out.
  var entries: [Entry] { numbers.compactMap(entry) }

  /// One run; `nil` if there is none of this number.
  func entry(_ number: Int) -> Entry? {
    guard let bytes = try? FileBytes.read("\(folder)/\(number).json", limit: 1 << 28), !JSON.isTooDeep(bytes)
    else { return nil }
    return try? JSON.decoder.decode(Entry.self, from: Data(bytes))
  }

  /// The notebook of a run, byte for byte; `nil` if it is missing or damaged.
  func source(of entry: Entry) -> [UInt8]? {
    let digest = entry.record.provenance.notebookSHA256
    guard let bytes = try? FileBytes.read("\(folder)/\(digest).md", limit: 1 << 28) else { return nil }
    return (try? Digest.hex(.sha256, of: Array(bytes))) == digest ? Array(bytes) : nil
  }

  /// Adds a run that has ended, unless it repeats the last one from the cache.
  ///
  /// - Throws: `FileError`.
  func add(_ run: RunSnapshot) throws {
    let paths = LocalPaths(run.options)
    let json = paths.hidden(in: RunRecord(run, RunProvenance(run)).json)
    guard let record = try? JSON.decoder.decode(RunRecord.self, from: Data(json.utf8)) else { return }
    let number = (numbers.last ?? 0) + 1
    if let last = entry(number - 1), record.repeats(last.record) { return }
    try AtomicFile.createDirectory(folder)
    let source = "\(folder)/\(run.notebookSHA256).md"
    if !FileBytes.isFile(source) {
      try AtomicFile.write(run.notebook.document.bytes, to: source, isSynced: false)
    }
    let entry = Entry(number: number, record: record, epochs: run.results.histories.map(\.csv))
    try AtomicFile.write(JSON.text(entry), to: "\(folder)/\(number).json")
  }
}

extension RunRecord {
  /// Whether the run restored every step from the cache and so repeated an earlier run.
  fileprivate func repeats(_ earlier: RunRecord) -> Bool {
    steps.allSatisfy { $0.status == Step.restored } && status == earlier.status && verdict == earlier.verdict
      && provenance.notebookSHA256 == earlier.provenance.notebookSHA256 && parameters == earlier.parameters
      && provenance.seed == earlier.provenance.seed
  }
}
