import Foundation
import Testing

@testable import NotebookRunner

/// Without these, a step that prints much makes a run slow and its report too large to open, or loses its output.
@Suite("Printed text")
struct PrintedTextTests {
  private func cell(_ code: String, label: String = "out") -> String {
    "```swift\n//| label: \(label)\n\(code)\n```\n"
  }

  private let many = "for i in 1...3000 { print(\"line \\(i)\") }"
  private var lines: String { (1...3000).map { "line \($0)\n" }.joined() }

  @Test("The report shows the beginning and the end, and a file has everything")
  func longOutput() throws {
    let bench = try NotebookBench(cell(many))
    #expect(bench.run().exitCode == 0)
    #expect(bench.report.contains(">line 1\nline 2\n"))
    #expect(bench.report.contains("line 2999\nline 3000\n<"))
    #expect(!bench.report.contains("line 1500"))
    #expect(bench.report.contains("2,000 lines (19.5 kB) omitted"))
    #expect(bench.report.contains("<a href=\"n/printed/1-out.txt\">n/printed/1-out.txt</a>"))
    #expect(bench.file("n/printed/1-out.txt") == lines)
    #expect(bench.file("n/outputs.json")?.contains("line 1500") == false)
    #expect(bench.display.lines.filter { $0.hasPrefix("line ") }.count == 3000)
  }

  @Test("A short output has no file")
  func shortOutput() throws {
    let bench = try NotebookBench(cell("for i in 1...1000 { print(i) }"))
    #expect(bench.run().exitCode == 0)
    #expect(bench.report.contains("\n500\n501\n"))
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder)/output/n/printed"))
  }

  @Test("A restored step restores its file under the step's current name")
  func restored() throws {
    let bench = try NotebookBench(cell(many))
    #expect(bench.run().exitCode == 0)
    try (cell("print(1)", label: "new") + "\n" + cell(many)).write(
      toFile: "\(bench.folder)/n.md", atomically: true, encoding: .utf8)
    bench.display.clear()
    #expect(bench.run().exitCode == 0)
    #expect(bench.display.lines.contains("[2/2] out: restored"))
    #expect(bench.report.contains("href=\"n/printed/2-out.txt\""))
    #expect(bench.file("n/printed/2-out.txt") == lines)
    #expect(bench.file("n/printed/1-out.txt") == nil)
  }

  @Test("Text between other results has files of its own")
  func severalTexts() throws {
    let bench = try NotebookBench(
      cell(
        """
        let model = buildModel("Tiny") { Flatten(); Linear(3072, 10) }
        \(many)
        summary(model)
        for i in 1...3000 { print("again \\(i)") }
        """))
    #expect(bench.run().exitCode == 0)
    #expect(bench.file("n/printed/1-out.txt") == lines)
    #expect(bench.file("n/printed/1-out.2.txt")?.hasSuffix("again 3000\n") == true)
    #expect(bench.report.contains("href=\"n/printed/1-out.2.txt\""))
  }

  @Test("A failed step keeps what it printed")
  func failure() throws {
    let bench = try NotebookBench(cell("\(many)\nlet a = [1]\nlet i = a.count\nprint(a[i])"))
    #expect(bench.run().exitCode == 1)
    #expect(bench.file("n/printed/1-out.txt") == lines)
    #expect(bench.report.contains("line 3000\n<"))
  }

  @Test("Text that cannot be saved is a warning, and the run continues")
  func unwritable() throws {
    let bench = try NotebookBench(cell(many))
    try FileManager.default.createDirectory(
      atPath: "\(bench.folder)/output/n/printed/1-out.txt", withIntermediateDirectories: true)
    #expect(bench.run().exitCode == 0)
    #expect(bench.display.warnings.contains { $0.contains("printed/1-out.txt: Is a directory") })
    #expect(bench.report.contains("lines (19.5 kB) omitted.</p>"))
  }

  /// A million lines took hours when the text was copied for each line.
  @Test("Time and page do not grow with the square of the output")
  func veryLongOutput() throws {
    let bench = try NotebookBench(
      cell("for i in 1...200000 { print(i) }") + "\n"
        + cell("print(String(repeating: \"x\", count: 5_000_000))", label: "wide"))
    #expect(bench.run().exitCode == 0)
    #expect(bench.file("n/printed/1-out.txt")?.hasSuffix("\n199999\n200000\n") == true)
    #expect(bench.file("n/printed/2-wide.txt")?.utf8.count == 5_000_001)
    #expect(bench.report.utf8.count < 500_000)
  }

  @Test("Many long outputs share a limit")
  func manyOutputs() throws {
    let wide = "for i in 1...1001 { print(String(repeating: \"<\", count: 100)) }"
    let cells = (1...40).map { cell(wide, label: "c\($0)") }.joined(separator: "\n")
    let bench = try NotebookBench(cells)
    #expect(bench.run().exitCode == 0)
    #expect(bench.report.components(separatedBy: "omitted. The whole output").count == 41)
    // Each `<` is written as four bytes.
    #expect(bench.report.utf8.count < 5_000_000)
  }

  @Test("The terminal shows whole lines as they end up")
  func terminal() throws {
    let bench = try NotebookBench(
      cell(
        """
        print("a", terminator: "")
        print("b")
        print("10 %\\r20 %\\u{1B}[1m!")
        print("no end", terminator: "")
        """))
    #expect(bench.run().exitCode == 0)
    #expect(Array(bench.display.lines.suffix(3)) == ["ab", "20 %!", "no end"])
  }
}
