/// A style sheet of the author's, which the page has after its own.
///
///     let theme = try PageTheme(css: ":root { --accent: #7a1fa2 }")
///     report.theme = theme
public struct PageTheme: Sendable, Hashable {
  /// The style sheet's text. It loads nothing and cannot end the page's `style` element.
  public let css: String

  /// The maximum size in bytes, since the page should be small enough for e-mail.
  public static let maximumSize = 256 << 10

  /// Creates a theme from a style sheet.
  ///
  /// - Throws: ``ThemeProblem`` for the first part that a self-contained page cannot have.
  public init(css: String) throws(ThemeProblem) {
    var scanner = ThemeScanner(css)
    if let problem = scanner.problem() { throw problem }
    self.css = css
  }
}

/// A part of a style sheet that a self-contained page cannot have, with its place.
public struct ThemeProblem: Error, Sendable, Hashable {
  /// The kinds of problems.
  public enum Fault: Sendable, Hashable {
    /// `</style` would end the style sheet, and the rest would become part of the page.
    case endsStyle
    /// An `@import` rule.
    case imports
    /// A file that the page would load.
    case loads(String)
  }

  /// The kind of problem.
  public var fault: Fault
  /// The place, in characters from the start of the style sheet.
  public var offset: Int
  /// The number of characters at the place.
  public var length: Int
}
