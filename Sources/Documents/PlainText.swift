extension Prose {
  /// Every `{swift}` expression, in order.
  public var inlineExpressions: [InlineExpression] { [] }

  /// The words alone, paragraphs apart by an empty line.
  public func plainText(value: (InlineExpression) -> String? = { _ in nil }) -> String { "" }
}
