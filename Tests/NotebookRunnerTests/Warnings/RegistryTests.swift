import Diagnostics
import Foundation
import Testing

@testable import NotebookRunner

/// Every warning has a unique code, an explanation, and an example that triggers it.
@Suite struct RegistryTests {
  @Test func `codes are QR and three digits, each given once, in order`() {
    let codes = Warnings.all.map(\.code)
    #expect(codes.allSatisfy { $0.wholeMatch(of: /QR\d{3}/) != nil }, "\(codes)")
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
  }

  @Test(arguments: Warnings.all.map(\.code))
  func `the example gets exactly this warning, and put right none`(_ code: String) throws {
    let warning = try #require(Warnings.named(code))
    for (text, expected) in [(warning.example, [code]), (warning.instead, [])] {
      let report = try bench(text).check()
      #expect(Set(report.problems.map { $0.code ?? "" }).sorted() == expected, "\(report.rendered)")
      #expect(report.errors == 0)
    }
  }

  /// A user who follows a warning's advice must not get another warning for it.
  @Test(arguments: Warnings.all.map(\.code))
  func `no remedy leads to another warning`(_ code: String) throws {
    let warning = try #require(Warnings.named(code))
    for text in warning.alternatives {
      #expect(text != warning.example)
      let report = try bench(text).check()
      #expect(report.problems.isEmpty, "\(text)\n\(report.rendered)")
    }
  }

  @Test(arguments: Warnings.all.map(\.code))
  func `no fix-it leads to another warning`(_ code: String) throws {
    let warning = try #require(Warnings.named(code))
    let problems = try bench(warning.example).check().problems
    for fix in problems.flatMap(\.fixIts) {
      let changed = SourceEdits.apply([fix], to: Array(warning.example.utf8)).bytes
      let report = try bench(String(decoding: changed, as: UTF8.self)).check()
      #expect(report.problems.isEmpty, "\(fix.message)\n\(report.rendered)")
    }
  }

  @Test func `a training needs no name, and its history need not be used`() throws {
    let prelude = try #require(Warnings.named("QR005")).example
    for line in ["train(", "let history = train(", "let _ = train(", "var history = train("] {
      let report = try bench(prelude.replacing("\ntrain(", with: "\n\(line)")).check()
      let expected = line == "train(" ? ["QR005"] : []
      #expect(report.problems.map(\.code) == expected, "\(line): \(report.rendered)")
    }
  }

  @Test(arguments: Warnings.all.map(\.code))
  func `describe explains it: what, why, how to fix it, how to keep it quiet`(_ code: String) throws {
    let warning = try #require(Warnings.named(code))
    let text = try NotebookRunner.describe(code.lowercased()).get()
    #expect(text.hasPrefix("\(code): \(warning.title)\n==="))
    for part in ["Why: \(warning.why)", "Fix: \(warning.remedy)", "//| quiet: \(code)", warning.what] {
      #expect(text.contains(part))
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 }, "\(text)")
    #expect(try NotebookRunner.describe("warnings").get().contains("\n\(code)  \(warning.title)\n"))
  }

  @Test(arguments: Warnings.all.map(\.code))
  func `the documentation lists it`(_ code: String) throws {
    let warning = try #require(Warnings.named(code))
    #expect(try Self.documentation.contains("| \(code) | \(warning.title) |"))
  }

  @Test func `the documentation lists no other`() throws {
    let listed = try Self.documentation.matches(of: /\n\| (QR\d+) \|/).map { String($0.1) }
    #expect(listed == Warnings.all.map(\.code))
  }

  @Test(arguments: Warnings.all.map(\.code))
  func `it is kept quiet by its code, in the front matter and in the cell it is about`(_ code: String) throws
  {
    let warning = try #require(Warnings.named(code))
    let front = try bench("---\nquiet: \(code)\n---\n\n\(warning.example)").check()
    #expect(front.problems.isEmpty, "\(front.rendered)")
    // Warnings about text between cells do not belong to any cell.
    let outsideCells = ["QR010", "QR012", "QR015", "QR020", "QR021", "QR022", "QR023", "QR024", "QR027"]
    if outsideCells.contains(code) { return }
    let quiet = warning.example.replacing(
      /```swift( parameters)?\n/, with: { "\($0.0)//| quiet: [\(code)]\n" })
    let cell = try bench(quiet).check()
    #expect(cell.problems.isEmpty, "\(cell.rendered)")
  }

  /// The examples use these folders.
  private func bench(_ text: String) throws -> NotebookBench {
    let bench = try NotebookBench(text)
    try bench.writeImages(
      ["flowers", "flowers-png"].flatMap { folder in
        ["rose/1", "rose/2", "tulip/1", "tulip/2"].map { "\(folder)/\($0).png" }
      }.joined(separator: " "))
    try bench.write(Array("GIF8".utf8), to: "flowers/rose/3.gif")
    return bench
  }

  private static var documentation: String {
    get throws {
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      return try String(contentsOf: root.appendingPathComponent("docs/checking.md"), encoding: .utf8)
    }
  }
}
