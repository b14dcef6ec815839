import Diagnostics

/// A cell after checking: what is wrong with it, what it defines and uses, and the program to run.
public struct CheckedCell: Sendable {
  /// All problems, in the order of the text.
  public var diagnostics: [Diagnostic] = []
  /// Names that the cell declares at its top level, in order.
  public var definedNames: [String] = []
  /// The same with what each is.
  public var declarations: [CellDeclaration] = []
  /// Names of earlier cells that this one reads or changes, sorted.
  public var usedNames: [String] = []
  /// Names of earlier cells that this one changes, sorted.
  public var mutatedNames: [String] = []
  /// All top-level names that its code assigns to, its own among them, in functions too, sorted.
  public var assignedNames: [String] = []
  /// Rows of the catalogue that the cell calls, sorted, as `train` or `Optimizer.adamW`.
  public var calledEntries: [String] = []
  /// What reading the code tells, for warnings; incomplete where there are errors.
  public var facts = CellFacts()
  /// What `-p` can override; empty but in the parameters cell.
  public var parameters: [CellParameter] = []
  /// The code without whitespace and comments: the same for cells that differ in layout only. Computed when asked.
  public var canonicalText: String { syntax?.boundedText ?? text }

  var text = ""
  /// `nil` where the text is too large or too deep to be read.
  var syntax: CellSyntax?
  var program = Program()

  /// No errors: the cell can run.
  public var isRunnable: Bool { !diagnostics.contains { $0.severity == .error } }

  /// The tokens of the cell's text, or of its end, for highlighting; nothing is parsed again.
  public func tokens(in code: String) -> [Highlighter.Token] {
    Highlighter.tokens(in: code, of: text, parsed: syntax)
  }
}

/// A name that a cell declares at its top level. No other cell of the notebook has it.
public struct CellDeclaration: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case variable, function, structure }

  public let name: String
  public let kind: Kind
  /// As Swift writes it; empty for a struct.
  public let type: String
  /// The variable's number; `nil` for a struct, which has no value of its own.
  let global: Int?
}

/// A `let NAME = literal` of the parameters cell.
public struct CellParameter: Sendable {
  public let name: String
  public let type: CellType
  /// The override where there is one, else the literal's value.
  public let value: Value
  public let isOverridden: Bool
  /// The name.
  public let range: SourceRange
  /// The literal; `nil` where it goes over several lines.
  public let literal: SourceRange?
}

/// An inline expression after checking.
public struct CheckedExpression: Sendable {
  public var diagnostics: [Diagnostic] = []
  /// The code without whitespace and comments.
  public var canonicalText: String { syntax?.boundedText ?? "" }
  public var type: CellType = .invalid
  public var usedNames: [String] = []
  /// Rows of the catalogue that it calls, sorted.
  public var calledEntries: [String] = []
  var syntax: CellSyntax?
  var program = Program()

  public var isRunnable: Bool { !diagnostics.contains { $0.severity == .error } }
}
