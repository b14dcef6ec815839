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
  /// The authors; a single name becomes a list of one.
  public var authors: [String] = []
  /// The date as written.
  public var date: String?
  /// A short description of the notebook.
  public var description: String?
  /// The random seed, 0 to 2⁶⁴ − 1.
  public var seed: UInt64?
  /// The warnings silenced in this notebook.
  public var quiet: [QuietCode] = []
  /// All other keys with their values as text (YAML for a list or mapping).
  public var other: [String: String] = [:]
  /// The number of front matter lines, including the `---` lines; 0 if there is none.
  public var lineCount = 0

  /// Creates front matter with no key set.
  public init() {}
}
