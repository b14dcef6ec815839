import Diagnostics

/// Static facts about a cell's code, for warnings and tools.
///
/// A place identifies a declaration: two equal names have different declaring places.
public struct CellFacts: Sendable {
  /// A name declared by `let`, `var`, `for`, `if let` and so on. Functions and parameters are left out.
  public struct Declaration: Sendable {
    /// The declared name.
    public let name: String
    /// The name's place in the notebook.
    public let range: SourceRange
    /// Whether the name was declared with `var`.
    public let isMutable: Bool
    /// Whether later cells can use the name.
    public let isGlobal: Bool
    /// The place of the global name that this local name shadows.
    public let hides: SourceLocation?
    /// The place of the word `var` if it could become `let`; only if it declares this name alone.
    public internal(set) var keyword: SourceRange?
    var expression: Expression?

    /// The initial value, if it is written next to the name.
    public var value: CodeValue? { expression.map { CodeValue($0) } }
  }

  /// A use of a variable or function.
  public struct Use: Sendable {
    /// The used name.
    public let name: String
    /// The place where the name was declared.
    public let declared: SourceLocation
    /// The place of the use.
    public let range: SourceRange
    /// Whether the name is a function's.
    public let isFunction: Bool
    /// Whether the value is read.
    public let reads: Bool
    /// Whether the value is changed.
    public let changes: Bool
  }

  /// A statement that computes a value and discards it.
  public struct Dropped: Sendable {
    /// The statement's place in the notebook.
    public let range: SourceRange
    /// The type of the discarded value.
    public let type: CellType
    let expression: Expression

    /// The discarded expression.
    public var value: CodeValue { CodeValue(expression) }
  }

  /// A `switch` over a name of a cell's top level.
  public struct Selection: Sendable {
    /// The name.
    public let name: String
    /// The texts that its cases handle, in source order.
    public let texts: [String]
  }

  /// Declared names, in source order.
  public internal(set) var declarations: [Declaration] = []
  /// Uses of names, in source order.
  public internal(set) var uses: [Use] = []
  /// Calls of catalogue rows; a nested call comes before the call that contains it.
  public internal(set) var calls: [CodeCall] = []
  /// Statements that discard a value.
  public internal(set) var dropped: [Dropped] = []
  /// The `switch` statements and expressions whose cases are texts.
  public internal(set) var selections: [Selection] = []

  init() {}
}
