import Diagnostics

/// A checked cell: its problems, the names it defines and uses, and its program.
public struct CheckedCell: Sendable {
  /// All problems, in source order.
  public var diagnostics: [Diagnostic] = []
  /// The names that the cell declares at its top level, in order.
  public var definedNames: [String] = []
  /// Names that broken parts of this or an earlier cell seem to declare, sorted.
  public var unclearNames: [String] = []
  /// The cell's top-level declarations, in order.
  public var declarations: [CellDeclaration] = []
  /// The names of earlier cells that this cell reads or changes, sorted.
  public var usedNames: [String] = []
  /// The names of earlier cells that this cell changes, sorted.
  public var mutatedNames: [String] = []
  /// All top-level names that the cell assigns to, in functions too, including its own; sorted.
  public var assignedNames: [String] = []
  /// The catalogue rows that the cell calls, sorted, e.g. `train` or `Optimizer.adamW`.
  public var calledEntries: [String] = []
  /// Static facts about the code, for warnings; incomplete if the cell has errors.
  public var facts = CellFacts()
  /// The parameters that `-p` can override; empty except in the parameters cell.
  public var parameters: [CellParameter] = []
  /// The code without whitespace and comments, so that cells that differ only in layout are equal. Computed on each
  /// access.
  public var canonicalText: String { syntax?.boundedText ?? text }

  var text = ""
  /// `nil` if the text is too large or nested too deeply to parse.
  var syntax: CellSyntax?
  /// If the cell has errors, the program without the broken parts, for a rehearsal only.
  var program = Program()

  /// Whether the cell has no errors and can run.
  public var isRunnable: Bool { !diagnostics.contains { $0.severity == .error } }

  /// The tokens of the cell's text, or of its end, for highlighting; nothing is parsed again.
  public func tokens(in code: String) -> [Highlighter.Token] {
    Highlighter.tokens(in: code, of: text, parsed: syntax)
  }
}

/// A name that a cell declares at its top level. It is unique in the notebook.
public struct CellDeclaration: Sendable, Hashable {
  /// The kinds of declarations.
  public enum Kind: Sendable, Hashable { case variable, function, structure }

  /// The declared name.
  public let name: String
  /// The kind of declaration.
  public let kind: Kind
  /// The type in Swift syntax; empty for a struct.
  public let type: String
  /// The variable's number; `nil` for a struct, which has no value.
  let global: Int?
}

/// A `let NAME = literal` of the parameters cell.
public struct CellParameter: Sendable {
  /// The parameter's name.
  public let name: String
  /// The parameter's type.
  public let type: CellType
  /// The overriding value if there is one, otherwise the literal's.
  public let value: Value
  /// Whether the value was given from outside the notebook.
  public let isOverridden: Bool
  /// The name's place in the notebook.
  public let range: SourceRange
  /// The literal's place; `nil` if it spans several lines.
  public let literal: SourceRange?
}

/// A checked inline expression.
public struct CheckedExpression: Sendable {
  /// All problems, in source order.
  public var diagnostics: [Diagnostic] = []
  /// The code without whitespace and comments.
  public var canonicalText: String { syntax?.boundedText ?? "" }
  /// The expression's type; `.invalid` if it has errors.
  public var type: CellType = .invalid
  /// The names of earlier cells that the expression reads, sorted.
  public var usedNames: [String] = []
  /// The catalogue rows that the expression calls, sorted.
  public var calledEntries: [String] = []
  var syntax: CellSyntax?
  var program = Program()

  /// Whether the expression has no errors and can be evaluated.
  public var isRunnable: Bool { !diagnostics.contains { $0.severity == .error } }
}
