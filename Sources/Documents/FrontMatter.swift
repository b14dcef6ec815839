/// The YAML between `---` lines at the start of a notebook.
///
///     ---
///     title: CIFAR-10 in 200,000 parameters
///     author: [Ada, Grace]
///     seed: 42
///     ---
public struct FrontMatter: Sendable, Hashable {
  public var title: String?
  /// `author` as a list, whether the notebook gives one name or several.
  public var authors: [String] = []
  /// The date as written.
  public var date: String?
  public var description: String?
  /// A whole number from 0 to 2⁶⁴ − 1.
  public var seed: UInt64?
  /// The warnings that are not given for this notebook.
  public var quiet: [QuietCode] = []
  /// Every other key with its value's text (YAML where the value is a list or a mapping).
  public var other: [String: String] = [:]
  /// The lines the front matter takes, `---` lines included, or 0 where there is none.
  public var lineCount = 0

  public init() {}
}
