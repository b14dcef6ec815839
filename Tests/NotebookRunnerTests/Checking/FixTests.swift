import Foundation
import Testing

@testable import NotebookRunner

/// `quire check --fix` applies certain fixes, changes nothing else, and never makes things worse.
@Suite struct FixTests {
  private func fixed(_ text: String) throws -> (text: String, report: CheckReport) {
    let bench = try NotebookBench(text)
    let before = bench.check().errors
    let report = try NotebookRunner.fix(bench.options())
    #expect(report.errors <= before)
    let once = try String(contentsOfFile: "\(bench.folder)/n.md", encoding: .utf8)
    let again = try NotebookRunner.fix(bench.options())
    #expect(again.fixed.isEmpty, "a second time there is nothing to do")
    #expect(try String(contentsOfFile: "\(bench.folder)/n.md", encoding: .utf8) == once)
    return (once, report)
  }

  private func fixed(cell: String) throws -> String {
    try fixed("```swift\n\(cell)\n```\n").text.replacing("```swift\n", with: "").replacing(
      "\n```\n", with: "")
  }

  @Test(arguments: [
    // Two fixes on one line; a label, a number, a member, parentheses; a fix that uncovers another problem.
    ("let d = loadData(.sinthetic(), batchsize: 20.0)", "let d = loadData(.synthetic(), batchSize: 20)"),
    ("print(percent(0.5, 1))", "print(percent(0.5, decimals: 1))"),
    ("let l = Loss.crossEntropy\nprint([l].count)", "let l = Loss.crossEntropy()\nprint([l].count)"),
    ("let s = Schedule.constant()\nprint([s].count)", "let s = Schedule.constant\nprint([s].count)"),
    ("print(prcent(0.5, decimal: 1))", "print(percent(0.5, decimals: 1))"),
    ("let model = 1\nprint(modle)", "let model = 1\nprint(model)"),
    ("let model = 1\nprint(Model)", "let model = 1\nprint(Model)"),
    ("var n = 1\nprint(n)", "let n = 1\nprint(n)"),
    ("//| lable: a\n//| echo: no\nprint(1)", "//| label: a\n//| echo: false\nprint(1)"),
    (
      "let d = loadData(.synthetic(),\n  batchsize: 20, dropLast: true)\nprint(d)",
      "let d = loadData(.synthetic(),\n  batchSize: 20, dropLast: true)\nprint(d)"
    ),
    ("let s = Conv2d(3, 4, 3)\nprint([s].count)", "let s = Conv2d(3, 4, kernelSize: 3)\nprint([s].count)"),
  ])
  func `what can mean only one thing is mended`(_ cell: String, _ expected: String) throws {
    #expect(try fixed(cell: cell) == expected)
  }

  @Test(arguments: [
    // Another name may be meant; a conversion loses information; two possible fixes; a literal that is not an
    // integer.
    "let model1 = 1\nprint(model2)", "let models = [1]\nprint(model)", "let lossA = 1.0\nprint(lossB)",
    "let x = 2.5\nlet n: Int = x", "let n = 3\nlet x: Double = n", "let n: Int = 2.5",
    "let d = loadData(.synthetic(), 32)", "let o = Optimizer.sgd(learnRate: 0.1)",
    "let s: Schedule = .adamW()", "let p = Plot.histogram([1])",
    "let d = loadData(.synthetic(), augmentation: [.padIfNeeded(maxHeight: 36, minWidth: 36)])",
  ])
  func `what could mean two things is left as it is`(_ cell: String) throws {
    #expect(try fixed(cell: cell) == cell)
  }

  @Test func `a fix that uncovers more errors than it mends is not kept; the others are`() throws {
    // 'train' is the certain fix for 'trian', but then three arguments are wrong.
    let text = try fixed(cell: "let h = trian(1, 2, 3)\nprint(prcent(0.5))\nprint(h)")
    #expect(text == "let h = trian(1, 2, 3)\nprint(percent(0.5))\nprint(h)")
  }

  @Test func `line ends, a byte order mark and everything around stay as they are`() throws {
    let bench = try NotebookBench("")
    let path = "\(bench.folder)/n.md"
    let before =
      "\u{FEFF}---\r\nquiet: QR004\r\n---\r\n\ré\t👩‍👩‍👧 `{swift} prcent(0.5)`  \r\n\n```swift\r\nlet é = prcent(0.25); print(é)\t\r\n```"
    try Data(before.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(atPath: "\(bench.folder)/link.md", withDestinationPath: "n.md")
    let report = try NotebookRunner.fix(bench.options("link.md"))
    let after = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(String(decoding: after, as: UTF8.self) == before.replacing("prcent", with: "percent"))
    #expect(report.problems.isEmpty, "\(report.rendered)")
    let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(permissions == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(bench.folder)/link.md") == "n.md")
  }

  @Test func `a notebook without certain fixes is not written`() throws {
    let bench = try NotebookBench("```swift\nprint(nothing)\n```\n")
    let path = "\(bench.folder)/n.md"
    let old = Date(timeIntervalSince1970: 1_000_000)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path)
    #expect(try NotebookRunner.fix(bench.options()).errors == 1)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date == old)
  }

  @Test func `a reference is mended in the text, an expression over two lines is not`() throws {
    let (text, report) = try fixed(
      """
      See @training-curve and `{swift} prcent(
      0.5)`.

      ```swift
      //| label: training-curves
      print(1)
      ```
      """)
    #expect(text.hasPrefix("See @training-curves and `{swift} prcent(\n0.5)`."))
    #expect(
      report.fixed.map(\.text).first?.hasSuffix(
        "n.md:1:5: fixed: no cell has the label 'training-curve': replace '@training-curve' with '@training-curves'"
      ) == true)
    #expect(report.errors == 1)
  }

  /// Letters are swapped, dropped and doubled in a valid notebook: fixing it never adds an error, and a second pass
  /// changes nothing.
  @Test func `mending a spoilt notebook never makes it worse`() throws {
    let good = Array(smallNotebook)
    for start in stride(from: 60, to: good.count - 2, by: 89) {
      var swapped = good
      swapped.swapAt(start, start + 1)
      var dropped = good
      dropped.remove(at: start + 5 < good.count ? start + 5 : start)
      for text in [swapped, dropped] { _ = try fixed(String(text)) }
    }
  }
}
