extension [String] {
  /// The texts as a list in a sentence: `a`, `a or b`, `a, b or c`; empty if there are none.
  ///
  /// - Parameter conjunction: the word before the last text, such as `or`.
  public func list(_ conjunction: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}
