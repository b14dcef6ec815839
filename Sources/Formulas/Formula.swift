/// A formula in TeX, parsed for display as MathML.
///
///     let formula = try Formula("\\frac{1}{n} \\sum_{i=1}^n x_i", isDisplay: true)
///     page += formula.mathML  // <math display="block">…</math>
///
/// The subset is what amsmath, MathJax and KaTeX share. ``Macros`` replaces macros beforehand, so the time to read a
/// formula grows linearly with its length.
public struct Formula: Sendable {
  /// The maximum length in characters.
  public static let maximumLength = 20_000
  /// The maximum nesting of groups, fractions, scripts and environments.
  public static let maximumDepth = 40

  /// The TeX as written, without its delimiters.
  public let source: String
  /// Whether the formula is on its own line; `false` within a line of text.
  public let isDisplay: Bool
  let root: Node

  /// Parses TeX.
  ///
  /// - Parameters:
  ///   - source: the TeX without delimiters such as `$`.
  ///   - isDisplay: whether the formula is on its own line, with limits above and below sums.
  /// - Throws: the first part that is not understood.
  public init(_ source: String, isDisplay: Bool = false) throws(FormulaProblem) {
    self.source = source
    self.isDisplay = isDisplay
    var parser = Parser(source)
    root = try parser.formula()
  }

  /// The formula as a `<math>` element. It needs no script and no style sheet, and contains the TeX for copying.
  public var mathML: String { MathMLWriter.element(self) }
}
