import Diagnostics

/// The YAML between `---` lines at the start of a notebook.
///
///     ---
///     title: CIFAR-10 in 200,000 parameters
///     author: [Ada, Grace]
///     seed: 42
///     ---
public struct FrontMatter: Sendable, Hashable {
  /// The notebook's title.
  public var title: String?
  /// A line below the title.
  public var subtitle: String?
  /// The authors; a single name becomes a list of one.
  public var authors: [String] = []
  /// The date as written; `today` is the day of the run.
  public var date: String?
  /// A short description of the notebook.
  public var description: String?
  /// A summary in Markdown, shown below the title.
  public var abstract: String?
  /// The language of the text as a BCP 47 tag, for example `de`.
  public var lang: String?
  /// The random seed, 0 to 2⁶⁴ − 1.
  public var seed: UInt64?
  /// Whether the report contains the notebook's source; `nil` if not set.
  public var source: Bool?
  /// Words for finding the report again.
  public var tags: [String] = []
  /// The style sheet of the report, relative to the notebook.
  public var theme: ThemePath?
  /// The warnings silenced in this notebook.
  public var quiet: [QuietCode] = []
  /// All other keys with their values as text (YAML for a list or mapping).
  public var other: [String: String] = [:]
  /// The options of cells that do not set them themselves, from `execute` and `echo`.
  public var execute = ExecuteOptions()
  /// The number of front matter lines, including the `---` lines; 0 if there is none.
  public var lineCount = 0

  /// Creates front matter with no key set.
  public init() {}

  /// The date to show, with the day in place of `today`.
  ///
  /// - Parameter today: the day of the run, for example `2025-10-02`.
  public func date(on today: String) -> String? { date == "today" ? today : date }
}

/// The path of a style sheet as written, with its place.
public struct ThemePath: Sendable, Hashable {
  /// The path, relative to the notebook or absolute.
  public var path: String
  /// The path's place in the notebook.
  public var range: SourceRange
}

/// Cell options for the whole notebook (Quarto's `execute`); `nil` if not set.
public struct ExecuteOptions: Sendable, Hashable {
  /// Whether code is shown.
  public var echo: Bool?
  /// Whether cells run.
  public var eval: Bool?
  /// Whether results are shown.
  public var output: Bool?
  /// Whether the run continues after a failed cell.
  public var error: Bool?
  /// Whether results are kept for later runs.
  public var cache: Bool?

  /// Creates options of which none is set.
  public init() {}
}
