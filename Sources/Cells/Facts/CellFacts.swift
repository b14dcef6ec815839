import Diagnostics

/// What a cell's code says beyond its problems, as far as reading tells: for warnings and tools.
///
/// Places identify declarations: two names that are spelt alike are declared at different places.
public struct CellFacts: Sendable {
  /// `let`, `var`, `for`, `if let` and the like; functions and parameters are left out.
  public struct Declaration: Sendable {
    public let name: String
    public let range: SourceRange
    public let isMutable: Bool
    /// Known to later cells.
    public let isGlobal: Bool
    /// The place of the global name that this local one hides.
    public let hides: SourceLocation?
    /// The word `var`, where it could become `let`: it declares this name alone.
    public internal(set) var keyword: SourceRange?
    var expression: Expression?

    /// What the name is bound to, where that is written beside it.
    public var value: CodeValue? { expression.map { CodeValue($0) } }
  }

  /// A name in the code that stands for a variable or function.
  public struct Use: Sendable {
    public let name: String
    public let declared: SourceLocation
    public let range: SourceRange
    public let isFunction: Bool
    public let reads: Bool
    public let changes: Bool
  }

  /// A statement that computes a value and does nothing with it.
  public struct Dropped: Sendable {
    public let range: SourceRange
    public let type: CellType
    let expression: Expression

    public var value: CodeValue { CodeValue(expression) }
  }

  public internal(set) var declarations: [Declaration] = []
  public internal(set) var uses: [Use] = []
  /// Calls of the catalogue's rows, inner ones before those they stand in.
  public internal(set) var calls: [CodeCall] = []
  public internal(set) var dropped: [Dropped] = []

  init() {}
}
