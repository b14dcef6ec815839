import Cells
import Diagnostics
import Documents

/// The text of `main.swift`. Each cell follows a `#sourceLocation`, so that compilers and errors report the
/// notebook's lines and columns.
struct SwiftProgram {
  private(set) var text: String
  private let notebook: String
  private let source: SourceText
  private let parameters: [Int: [CellParameter]]

  init(_ document: Document, name: String, notebook: String, sha256: String, parameters: [CellParameter]) {
    self.notebook = notebook
    source = document.source
    let settable = parameters.filter { $0.literal != nil && $0.type.isSettable }
    self.parameters = Dictionary(grouping: settable) { $0.literal?.start.line ?? 0 }
    text = """
      // The cells of \(notebook.onOneLine). Edit the notebook and export it again, or continue from here.
      import Foundation
      import QuireKit

      QuireKit.Program.start(
        name: \(name.swiftLiteral), notebook: \(notebook.swiftLiteral),
        sha256: \(sha256.swiftLiteral), seed: \(document.frontMatter.seed ?? 0),
        parameters: [\(settable.map(\.name.swiftLiteral).joined(separator: ", "))])

      """
    for block in document.blocks {
      switch block {
      case .listing: break
      case .step(let fence): add(fence)
      case .prose(let prose): for expression in prose.inlineExpressions { add(expression) }
      }
    }
    text += "\nQuireKit.Program.finish()\n"
  }

  private mutating func add(_ fence: Fence) {
    let title = fence.label ?? "line \(fence.range.start.line)"
    guard fence.options.eval != false else {
      text += "\n// cell: \(title) is not run (eval: false)\n"
      return
    }
    text += "\n// cell: \(title)\n"
    var lines = fence.code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let code = lines.enumerated().map { offset, line in
      let number = fence.firstCodeLine + offset
      let text = fence.isParameters ? settable(line, number, fence.indentation) : line
      return String(indentation(of: line, number)) + text
    }
    locate(fence.firstCodeLine, code)
  }

  /// The indentation that a fence removes from a line; restoring it gives the file's columns.
  private func indentation(of code: String, _ line: Int) -> Substring {
    guard let whole = source.line(line), whole.hasSuffix(code) else { return "" }
    return whole.dropLast(code.count)
  }

  private mutating func add(_ expression: InlineExpression) {
    let (line, column) = (expression.location.line, expression.location.column)
    let padded = String(repeating: " ", count: column - 1) + expression.code
    let rest = "of: \(expression.code.swiftLiteral), line: \(line))"
    text += "\n"
    if line > 1 {
      locate(line - 1, ["QuireKit.Program.inlineValue(", padded + ",", "  " + rest])
    } else {
      locate(line, ["QuireKit.Program.inlineValue(\(expression.code), \(rest)"])
    }
  }

  private mutating func locate(_ line: Int, _ lines: [String]) {
    text += "#sourceLocation(file: \(notebook.swiftLiteral), line: \(line))\n"
    text += lines.joined(separator: "\n") + "\n#sourceLocation()\n"
  }

  /// A line of the parameters cell, whose literals become defaults that the command line can override.
  private func settable(_ code: String, _ line: Int, _ indentation: Int) -> String {
    var code = code
    let found = (parameters[line] ?? []).compactMap { parameter in parameter.literal.map { (parameter, $0) } }
    for (parameter, literal) in found.sorted(by: { $0.1.start.column > $1.1.start.column }) {
      let first = literal.start.column - 1 - indentation
      guard first >= 0, first + literal.length <= code.count else { continue }
      let start = code.index(code.startIndex, offsetBy: first)
      let end = code.index(start, offsetBy: literal.length)
      let value = "QuireKit.Program.parameter(\(parameter.name.swiftLiteral), default: \(code[start..<end]))"
      code.replaceSubrange(start..<end, with: value)
    }
    return code
  }
}

extension CellType {
  /// Whether QuireKit can read such a value from the command line.
  fileprivate var isSettable: Bool {
    switch self {
    case .int, .double, .float, .bool, .string: true
    case .optional(let wrapped): wrapped.isSettable
    case .array(let element): element.isSettable
    default: false
    }
  }
}

extension String {
  fileprivate var onOneLine: String { String(map { $0.isNewline ? " " : $0 }) }
}
