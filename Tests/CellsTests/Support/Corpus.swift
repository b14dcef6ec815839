import Cells
import Diagnostics
import Foundation
import Testing

/// A snippet of a fixture file: Swift code between lines "===".
///
/// Its output follows in lines that begin with "> ". Problems are marked below the line at fault:
///
///     let x: Int = 2.5
///                  ^~~ error: cannot convert value of type 'Double' to specified type 'Int'
struct Sample: Sendable, CustomTestStringConvertible {
  /// The snippet as written in the file.
  var text: String
  let topic: String

  /// The code alone.
  var code: String { lines { !Self.isMark($0) && !$0.hasPrefix("> ") } }
  /// The code with its marks.
  var marked: String { lines { !$0.hasPrefix("> ") } }
  var printed: String {
    text.components(separatedBy: "\n").filter { $0.hasPrefix("> ") }.map { String($0.dropFirst(2)) }
      .joined(separator: "\n")
  }

  var testDescription: String { code }

  private func lines(_ isWanted: (String) -> Bool) -> String {
    text.components(separatedBy: "\n").filter(isWanted).joined(separator: "\n")
  }

  private static func isMark(_ line: String) -> Bool {
    let trimmed = line.drop { $0 == " " }
    return trimmed.hasPrefix("^") || trimmed.hasPrefix("note: ") || trimmed.hasPrefix("fix-it: ")
  }

  /// The code with each problem marked below its line, as in the fixtures.
  static func marked(_ code: String, _ diagnostics: [Diagnostic]) -> String {
    let lines = code.components(separatedBy: "\n")
    var out: [String] = []
    for (index, line) in lines.enumerated() {
      out.append(line)
      for diagnostic in diagnostics {
        let start = diagnostic.range?.start
        guard min(start?.line ?? 1, lines.count) == index + 1 else { continue }
        let column = start?.column ?? 1
        let room = max(1, line.count - (column - 1))
        let width = max(1, min(diagnostic.range?.length ?? 1, room))
        out.append(
          String(repeating: " ", count: column - 1) + "^" + String(repeating: "~", count: width - 1)
            + " \(diagnostic.severity.rawValue): \(diagnostic.message)")
        out += diagnostic.notes.map { "  note: \($0)" }
        out += diagnostic.fixIts.map {
          let replacement = $0.replacement.replacing("\n", with: "\\n")
          return "  fix-it: \($0.range.start.column)+\($0.range.length) '\(replacement)'"
        }
      }
    }
    return out.joined(separator: "\n")
  }
}

/// The snippets in Fixtures: one folder per kind, one file per topic.
enum Corpus: String {
  /// Code that both Swift and cells accept.
  case right
  /// Code that both Swift and cells reject.
  case wrong
  /// Code that Swift accepts and cells reject.
  case limits

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  var samples: [Sample] { topics.flatMap(read) }

  private var topics: [String] {
    let files = try? FileManager.default.contentsOfDirectory(atPath: path.path)
    return (files ?? []).filter { $0.hasSuffix(".txt") }.sorted()
  }

  private var path: URL { Self.folder.appendingPathComponent(rawValue) }

  private func read(_ file: String) -> [Sample] {
    guard let text = try? String(contentsOf: path.appendingPathComponent(file), encoding: .utf8) else {
      return []
    }
    return text.components(separatedBy: "===\n").dropFirst().map {
      Sample(text: $0.hasSuffix("\n") ? String($0.dropLast()) : $0, topic: file)
    }
  }

  /// Writes the checker's current messages into the files, to be reviewed as a diff.
  func record(_ render: (Sample) -> String) throws {
    for topic in topics {
      let file = path.appendingPathComponent(topic)
      let text = try String(contentsOf: file, encoding: .utf8)
      let head = text.components(separatedBy: "===\n")[0]
      let parts = read(topic).map { "===\n" + render($0) + "\n" }
      try (head + parts.joined()).write(to: file, atomically: true, encoding: .utf8)
    }
  }
}
