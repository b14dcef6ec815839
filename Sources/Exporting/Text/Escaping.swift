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

  /// The text as code in a fence.
  func fenced(_ info: String) -> String { "\(fence)\(info)\n\(isEmpty ? "" : self + "\n")\(fence)" }

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
