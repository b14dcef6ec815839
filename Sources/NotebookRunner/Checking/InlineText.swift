import Cells

extension Value {
  /// The displayed text of an inline expression: a string without quotes, everything else as printed.
  var inlineText: String {
    if case .string(let text) = self { return text }
    return description
  }
}
