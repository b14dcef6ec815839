import Diagnostics
import Foundation
import Yams

/// Converts YAML to entries, each value with its place.
struct ParameterFileReader {
  let source: SourceText
  private(set) var entries: [ParameterFile.Entry] = []
  private(set) var problems: [Diagnostic] = []

  init(_ source: SourceText) { self.source = source }

  mutating func read() {
    let root: Node?
    do {
      root = try YAML.compose(source.lines.joined(separator: "\n"))
    } catch {
      let line = min(max(1, error.line ?? 1), source.lines.count)
      let place = SourceLocation(
        file: source.name, line: line, column: error.line == nil ? 1 : max(1, error.column ?? 1))
      return report(.invalidYAML(error.text), at: SourceRange(place))
    }
    switch root {
    case .mapping(let mapping): for (key, value) in mapping { read(key, value) }
    case .scalar(let scalar) where scalar.string.isEmpty: break
    case nil: break
    case let node?: report(.notMapping(found: YAML.kind(of: node)), at: range(of: node))
    }
  }

  private mutating func read(_ key: Node, _ value: Node) {
    guard let name = key.scalar?.string else {
      return report(.keyNotText(found: YAML.kind(of: key)), at: range(of: key))
    }
    if isEmpty(value) { return report(.noValue(name), at: range(of: key)) }
    do {
      let read = try self.value(value, of: name)
      entries.append(ParameterFile.Entry(name: name, nameRange: range(of: key), value: read))
    } catch {
      report(error.problem, at: error.range)
    }
  }

  private struct Failure: Error {
    var problem: ParameterFileProblem
    var range: SourceRange
  }

  private func value(_ node: Node, of name: String) throws(Failure) -> ParameterFile.Value {
    switch node {
    case .scalar(let scalar):
      return ParameterFile.Value(
        text: text(node, scalar), elements: nil, kind: kind(node, scalar), range: range(of: node))
    case .sequence(let sequence):
      var elements: [ParameterFile.Value] = []
      var literals: [String] = []
      for element in sequence {
        if isEmpty(element) { throw Failure(problem: .noValue(name), range: range(of: element)) }
        let value = try value(element, of: name)
        elements.append(value)
        literals.append(
          value.kind == .null ? value.text : element.scalar.map { literal($0, value.text) } ?? value.text)
      }
      if elements.isEmpty { throw Failure(problem: .emptyList(name), range: range(of: node)) }
      return ParameterFile.Value(
        text: "[" + literals.joined(separator: ", ") + "]", elements: elements, kind: .list,
        range: range(of: node))
    case .mapping, .alias:
      throw Failure(problem: .nested(name, found: YAML.kind(of: node)), range: range(of: node))
    }
  }

  /// A scalar as `-p` accepts it; a quoted YAML scalar is always a string.
  private func text(_ node: Node, _ scalar: Node.Scalar) -> String {
    if scalar.style != .plain { return Self.quoted(scalar.string) }
    return node.null != nil ? "nil" : scalar.string
  }

  private func kind(_ node: Node, _ scalar: Node.Scalar) -> ParameterFile.Kind {
    if scalar.style != .plain { return .text }
    if node.null != nil { return .null }
    if ["true", "false"].contains(scalar.string.lowercased()) { return .boolean }
    return Self.isNumber(scalar.string) ? .number : .text
  }

  /// Whether it is a number. Swift reads 'inf' and 'nan' as numbers too, but no literal is written like that.
  private static func isNumber(_ text: String) -> Bool {
    Double(text) != nil && text.contains(where: \.isNumber)
  }

  /// A scalar as an element of an array literal, where strings need quotes.
  private func literal(_ scalar: Node.Scalar, _ text: String) -> String {
    let isPlain = Self.isNumber(text) || ["true", "false"].contains(text)
    return scalar.style != .plain || isPlain ? text : Self.quoted(text)
  }

  /// A Swift string literal on one line.
  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127:
        out += "\\u{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// Whether the value is missing, as in `name:`.
  private func isEmpty(_ node: Node) -> Bool { node.scalar?.style == .plain && node.scalar?.string == "" }

  private mutating func report(_ problem: ParameterFileProblem, at range: SourceRange) {
    problems.append(problem.diagnostic(at: range))
  }

  /// Yams counts columns in Unicode scalars; `SourceRange` counts characters.
  private func range(of node: Node) -> SourceRange {
    let number = min(max(1, node.mark?.line ?? 1), source.lines.count)
    let line = source.line(number) ?? ""
    let before = line.unicodeScalars.prefix(max(0, (node.mark?.column ?? 1) - 1))
    let column = String(String.UnicodeScalarView(before)).count + 1
    let quotes = node.scalar?.style == .plain ? 0 : 2
    let length = node.scalar.map { $0.string.count + quotes } ?? 1
    return SourceRange(SourceLocation(file: source.name, line: number, column: column), length: length)
  }
}
