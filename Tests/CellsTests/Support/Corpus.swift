import Foundation
import Testing

/// A snippet of a fixture file and what belongs to it.
struct Sample: Sendable, CustomTestStringConvertible {
  let code: String
  let expected: String
  var testDescription: String { code }

  /// The samples of a file under Fixtures: "===", the code, "---", what is expected.
  static func all(in name: String) -> [Sample] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let url = folder.appendingPathComponent("Fixtures/\(name).txt")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return text.components(separatedBy: "===\n").dropFirst().map { part in
      let halves = part.components(separatedBy: "\n---\n")
      return Sample(
        code: halves[0],
        expected: halves.dropFirst().joined(separator: "\n---\n").trimmingCharacters(in: .newlines))
    }
  }
}
