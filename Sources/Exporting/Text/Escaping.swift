import Formulas

extension String {
  /// The text escaped for Markdown, on one line.
  var escapedMarkdown: String {
    var out = ""
    for character in self {
      if character.isNewline {
        out += " "
      } else {
        if "\\`*_{}[]<>#|~$".contains(character) { out += "\\" }
        out.append(character)
      }
    }
    return out
  }

  /// The text escaped for Markdown, with its formulas as they are.
  var escapedMarkdownWithFormulas: String {
    splitAtFormulas().map { part in
      switch part {
      case .text(let text): text.escapedMarkdown
      case .formula(let formula): "$\(formula.source)$"
      }
    }.joined()
  }

  /// A file's path as a link destination.
  public var linkDestination: String {
    var out = ""
    for byte in utf8 {
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "/._-~".utf8.contains(byte)
      out +=
        isPlain
        ? String(Unicode.Scalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return out
  }

  /// A backtick fence that does not occur in the text.
  var fence: String {
    var longest = 0
    var run = 0
    for character in self {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    return String(repeating: "`", count: max(3, longest + 1))
  }

  /// The text without line ends at its start and end.
  var trimmingNewlines: String {
    var text = self[...]
    while text.first?.isNewline == true { text.removeFirst() }
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
