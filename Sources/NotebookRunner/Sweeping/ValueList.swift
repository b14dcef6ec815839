import Foundation

/// Splits the values of `-p name=0.1,0.01` at commas outside quotes and brackets.
///
///     try ValueList.split("0.1, 0.01")           // ["0.1", "0.01"]
///     try ValueList.split("[16, 32],[32, 64]")   // two arrays
///     try ValueList.split("\"a,b\",c")           // "a,b" with its quotes, and c
enum ValueList {
  enum Problem: Error, Hashable {
    /// The position, counted from 1.
    case empty(position: Int)
    case openQuote
    case openBracket
  }

  static func split(_ text: String) throws(Problem) -> [String] {
    var values: [String] = []
    var value = ""
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isQuoted {
        value.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        }
        continue
      }
      switch character {
      case "\"": isQuoted = true
      case "[", "(": depth += 1
      case "]", ")": depth = max(0, depth - 1)
      case "," where depth == 0:
        values.append(value)
        value = ""
        continue
      default: break
      }
      value.append(character)
    }
    if isQuoted { throw .openQuote }
    if depth > 0 { throw .openBracket }
    values.append(value)
    let trimmed = values.map { $0.trimmingCharacters(in: .whitespaces) }
    if let empty = trimmed.firstIndex(of: "") { throw .empty(position: empty + 1) }
    return trimmed
  }
}
