/// A type whose values a program's `-p NAME=VALUE` can set, written as in Swift.
public protocol ParameterValue: Sendable {
  /// Parses a value; `nil` if the text is not a value of the type.
  init?(parameterText text: String)
}

extension Int: ParameterValue {
  public init?(parameterText text: String) { self.init(withoutUnderscores(text)) }
}

extension Double: ParameterValue {
  public init?(parameterText text: String) {
    guard let value = Double(withoutUnderscores(text)), value.isFinite else { return nil }
    self = value
  }
}

extension Float: ParameterValue {
  public init?(parameterText text: String) {
    guard let value = Float(withoutUnderscores(text)), value.isFinite else { return nil }
    self = value
  }
}

extension Bool: ParameterValue {
  public init?(parameterText text: String) { self.init(text) }
}

extension String: ParameterValue {
  /// Parses a string; quotes are optional.
  public init?(parameterText text: String) {
    guard text.hasPrefix("\"") else {
      self = text
      return
    }
    guard text.count >= 2, text.hasSuffix("\"") else { return nil }
    self = unescaped(text.dropFirst().dropLast())
  }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
  public init?(parameterText text: String) {
    if text == "nil" {
      self = nil
      return
    }
    guard let value = Wrapped(parameterText: text) else { return nil }
    self = .some(value)
  }
}

extension Array: ParameterValue where Element: ParameterValue {
  public init?(parameterText text: String) {
    guard text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 else { return nil }
    var elements: [Element] = []
    for part in elementTexts(text.dropFirst().dropLast()) {
      guard let element = Element(parameterText: part) else { return nil }
      elements.append(element)
    }
    self = elements
  }
}

/// The text without the underscores of Swift's literals: `100_000`.
private func withoutUnderscores(_ text: String) -> String {
  text.first == "_" ? text : text.replacing("_", with: "")
}

/// The content of a string literal; escapes other than those of a quote or backslash are unchanged.
private func unescaped(_ text: Substring) -> String {
  var out = ""
  var isEscaped = false
  for character in text {
    if character == "\\", !isEscaped {
      isEscaped = true
      continue
    }
    if isEscaped, character != "\"", character != "\\" { out.append("\\") }
    out.append(character)
    isEscaped = false
  }
  return out
}

/// The texts between commas outside quotes and brackets.
private func elementTexts(_ text: Substring) -> [String] {
  var parts: [String] = [""]
  var depth = 0
  var isQuoted = false
  var isEscaped = false
  for character in text {
    if character == ",", depth == 0, !isQuoted {
      parts.append("")
      continue
    }
    parts[parts.count - 1].append(character)
    switch character {
    case "\"" where !isEscaped: isQuoted.toggle()
    case "[" where !isQuoted: depth += 1
    case "]" where !isQuoted: depth -= 1
    default: break
    }
    isEscaped = character == "\\" && isQuoted && !isEscaped
  }
  let trimmed = parts.map { part in
    String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
  // The list is empty, or a comma follows the last element.
  return trimmed.last == "" ? trimmed.dropLast() : trimmed
}
