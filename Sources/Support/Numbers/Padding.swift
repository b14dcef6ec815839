extension String {
  /// The text with spaces before it, up to a width in terminal columns.
  public func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - terminalColumns)) + self
  }

  /// The text with spaces after it, up to a width in terminal columns.
  public func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - terminalColumns))
  }
}
