extension Report {
  /// The page, a whole HTML document in UTF-8.
  public func html() -> String { "" }
}
