import Foundation
import Testing

@testable import NotebookRunner

/// docs/cells.md is a notebook: its cells run and print the values shown next to them.
@Suite struct LanguagePageTests {
  private static let page =
    (try? String(
      contentsOf: URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../docs/cells.md")
        .standardized,
      encoding: .utf8)) ?? ""

  /// The comments at the ends of printing lines; several lines are separated by "; ".
  private static var promised: [String] {
    var promised: [String] = []
    var isCell = false
    for line in page.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isCell = line == "```swift" }
      guard isCell, line.contains("print("), let comment = line.range(of: "// ") else { continue }
      promised += line[comment.upperBound...].components(separatedBy: "; ")
    }
    return promised
  }

  @Test func `the page's cells print what it says`() throws {
    let bench = try NotebookBench(Self.page)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(Self.promised.count >= 15)
    var printed = bench.display.lines[...]
    for line in Self.promised {
      guard let place = printed.firstIndex(of: line) else {
        Issue.record("'\(line)' is promised; printed was:\n\(bench.display.lines.joined(separator: "\n"))")
        continue
      }
      printed = printed[(place + 1)...]
    }
  }
}
