import Foundation
import Synchronization

/// The Swift compiler's verdicts on the tests' cells, recorded in Fixtures/compiler.json with its version, because
/// calling it takes minutes. Cells without a recorded verdict are compiled.
///
///     COMPILE=1 scripts/test --filter CellsTests   # compiles everything and ignores the recorded verdicts
///     RECORD=1 scripts/test --filter CellsTests    # does the same and records the verdicts
///     RECORD=new scripts/test --filter CellsTests  # records the verdicts that are not recorded yet
final class Verdicts: Sendable {
  static let shared = Verdicts()

  private struct Record: Codable {
    var swift = ""
    /// Verdicts by question and code hash; empty if the compiler reported nothing.
    var verdicts: [String: String] = [:]
  }

  private let record: Mutex<Record>
  private static let path = Corpus.folder.appendingPathComponent("compiler.json")
  private static let recording = ProcessInfo.processInfo.environment["RECORD"]
  private static let ignoresRecord =
    recording.map { $0 != "new" } ?? false || ProcessInfo.processInfo.environment["COMPILE"] != nil

  private init() {
    let data = Self.ignoresRecord ? nil : try? Data(contentsOf: Self.path)
    record = Mutex(data.flatMap { try? JSONDecoder().decode(Record.self, from: $0) } ?? Record())
  }

  /// The verdicts on the codes with these indices, without empty ones.
  ///
  /// - Parameter compile: compiles the codes without a recorded verdict.
  func ofAll(
    _ question: String, _ codes: [String], _ indices: some Sequence<Int>,
    compile: ([Int]) throws -> [Int: String]
  ) throws -> [Int: String] {
    func key(_ index: Int) -> String { "\(question) \(Self.hash(codes[index] + CompiledCells.host))" }
    let known = record.withLock(\.verdicts)
    let indices = Array(indices)
    let unknown = indices.filter { known[key($0)] == nil }
    let compiled = unknown.isEmpty ? [:] : try compile(unknown)
    if Self.recording != nil {
      try record.withLock { record in
        for index in unknown { record.verdicts[key(index)] = compiled[index] ?? "" }
        record.swift = try SwiftCompiler.version()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(record).write(to: Self.path)
      }
    }
    var found: [Int: String] = [:]
    for index in indices {
      let verdict = known[key(index)] ?? compiled[index] ?? ""
      if !verdict.isEmpty || question.hasPrefix("output") { found[index] = verdict }
    }
    return found
  }

  /// FNV-1a of the text, 64 bits.
  private static func hash(_ text: String) -> String {
    let bits = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(bits, radix: 16)
  }
}
