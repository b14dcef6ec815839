import Foundation

/// A page of the library's reference as a program: its Swift examples in order.
///
/// The program prints a line for each example `print(VALUE)   // TEXT` whose value is not TEXT.
struct ArticleProgram {
  let source: String

  /// Creates the program from the page's Markdown.
  init(markdown: String) {
    let code = Self.swiftLines(of: markdown)
    let isImport = { (line: String) in line.hasPrefix("import ") }
    source =
      (code.filter(isImport) + [
        "func expect(_ value: Any, _ text: String) {",
        "  if \"\\(value)\" != text { print(\"expected \\(text), found \\(value)\") }",
        "}",
        // Values without a comment differ between processors.
        "func ignore(_ values: Any...) {}",
        // Examples are local, as in a function of the reader's.
        "func article() throws {",
      ] + code.filter { !isImport($0) }.map(Self.expectation(of:)) + ["}", "try article()", ""])
      .joined(separator: "\n")
  }

  private static func swiftLines(of markdown: String) -> [String] {
    var isSwift = false
    var lines: [String] = []
    for line in markdown.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isSwift = line == "```swift"
      } else if isSwift {
        lines.append(line)
      }
    }
    return lines
  }

  /// `expect(VALUE, "TEXT")` for `print(VALUE)   // TEXT`, `ignore(VALUE)` for `print(VALUE)`.
  private static func expectation(of line: String) -> String {
    let code = line.trimmingCharacters(in: .whitespaces)
    guard code.hasPrefix("print("), let comment = code.range(of: ")   // ") else {
      return line.replacingOccurrences(of: "print(", with: "ignore(")
    }
    let value = code[..<comment.lowerBound].dropFirst("print(".count)
    return "expect(\(value), #\"\(code[comment.upperBound...])\"#)"
  }
}
