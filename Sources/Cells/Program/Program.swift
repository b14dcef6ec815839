import Diagnostics

/// A checked cell in the form that the evaluator runs: names are resolved, types are known, no syntax is left.
struct Program: Sendable {
  var statements: [Statement] = []
  /// Top-level functions, created before the first statement runs.
  var functions: [(global: Int, function: Function)] = []
  /// The number of local variables in top-level blocks.
  var localCount = 0
}

/// The storage of a variable.
enum Reference: Hashable, Sendable {
  /// Declared at the top level of a cell; lives as long as the notebook runs.
  case global(Int)
  /// Declared in the running function, or in a top-level block.
  case local(Int)
  /// Declared outside the running closure.
  case captured(Int)
}

/// An expression with its type and its place in the source.
struct Expression: Sendable {
  var kind: Kind
  var type: CellType
  var range: SourceRange

  indirect enum Kind: Sendable {
    case constant(Value)
    /// An integer literal that has not adopted a type: its digits without underscores, and a leading minus sign if
    /// present.
    case integer(String)
    case floatingPoint(String)
    case variable(Reference, name: String)
    case interpolation([Expression])
    case array([Expression])
    case dictionary(keys: [Expression], values: [Expression])
    case tuple([Expression])
    case element(Expression, Int)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case coalesce(Expression, Expression)
    case ternary(Expression, Expression, Expression)
    case range(Expression, Expression, isClosed: Bool)
    case wrap(Expression)
    case unwrap(Expression)
    /// Compares an optional to `nil`.
    case isNil(Expression)
    /// `a?.b`: each base is stored in its local variable unless it is nil; `wraps` if the body itself is not
    /// optional.
    case optionalChain(links: [(local: Int, base: Expression)], body: Expression, wraps: Bool)
    case index(Expression, Expression)
    case key(Expression, Expression, fallback: Expression?)
    case closure(Function)
    case call(Expression, [Expression])
    case callEntry(Entry, [Expression])
    case mutate(Place, Entry, [Expression])
    /// A call of a struct's mutating method.
    case mutateBy(Place, Expression, [Expression])
    /// A struct's memberwise initialiser.
    case structure(name: String, fields: [Expression], labels: [String])
    case builder([Statement])
    /// A case of an enum with associated values.
    case enumeration(EnumerationValue, [Expression])
    case set([Expression])
    /// `2...`, `..<n` and `...n`; one of the bounds is `nil`.
    case partialRange(Expression?, Expression?, isClosed: Bool)
    /// `if` or `switch` as an expression: its branches give back the value.
    case conditional(Statement)
    /// `&x` as an argument.
    case inoutArgument(Place)
    /// An expression with a reported error, as it was meant. Only a rehearsal evaluates it.
    case faulty(Expression)
    /// Already reported; has no value, even in a rehearsal.
    case invalid
  }
}

enum UnaryOperator: Sendable { case minus, not, complement }

enum BinaryOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case bitAnd = "&"
  case bitOr = "|"
  case bitXor = "^"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}

/// An assignable variable or part of a variable.
struct Place: Sendable {
  enum Step: Sendable {
    case index(Expression)
    case key(Expression, fallback: Expression?)
    case element(Int)
  }

  var reference: Reference
  var name: String
  var path: [Step] = []
  var type: CellType
  var range: SourceRange
}

/// A function or closure. Its parameters are its first local variables.
final class Function: Sendable {
  let name: String
  let parameterCount: Int
  let localCount: Int
  /// The captured variables in the enclosing function.
  let captures: [Reference]
  /// Whether a captured variable is a `var`.
  let capturesChanging: Bool
  let body: [Statement]
  let type: CellType
  let range: SourceRange
  /// Whether this is a mutating method. Its first local variable is then the receiver, which is not an argument.
  let isMutating: Bool
  /// For an initialiser, the new value before its properties are set: the first local variable, which is not an
  /// argument.
  let initialValue: Value?

  init(
    name: String, parameterCount: Int, localCount: Int, captures: [Reference],
    capturesChanging: Bool = false, body: [Statement],
    type: CellType, range: SourceRange, isMutating: Bool = false, initialValue: Value? = nil
  ) {
    self.name = name
    self.parameterCount = parameterCount
    self.localCount = localCount
    self.captures = captures
    self.capturesChanging = capturesChanging
    self.body = body
    self.type = type
    self.range = range
    self.isMutating = isMutating
    self.initialValue = initialValue
  }
}

/// The target that a `let`, `var` or `for` binds its value to.
indirect enum Pattern: Sendable {
  case variable(Reference)
  case ignored
  case tuple([Pattern])
}

enum Condition: Sendable {
  case expression(Expression)
  case unwrap(Expression, into: Reference)
  case match(MatchPattern, Expression)
}

indirect enum Statement: Sendable {
  case bind(Pattern, Expression)
  case declare(Function, Reference)
  case assign(Place, Expression)
  case compound(Place, BinaryOperator, Expression)
  case expression(Expression)
  case branch([Condition], then: [Statement], otherwise: [Statement])
  case loop(Pattern, over: Expression, filter: Expression?, body: [Statement], range: SourceRange)
  /// `checksAfter` if the body runs once before the condition is evaluated (`repeat`).
  case whileLoop([Condition], body: [Statement], checksAfter: Bool, range: SourceRange)
  case block([Statement])
  case choose(Expression, [SwitchCase], range: SourceRange)
  case giveBack(Expression?)
  case exitLoop
  case nextIteration
  /// An expression of a builder block.
  case emit(Expression)
  /// A statement with a reported error. A rehearsal skips it and forgets what it might have changed.
  case unchecked(UncheckedCode)
}

/// The possible effects of code that could not be checked.
struct UncheckedCode: Sendable {
  /// The variables that it may change, as the enclosing function refers to them.
  var changed: Set<Reference> = []
  /// The names of the rows that it may call.
  var rows: Set<String> = []
  /// Whether it may call functions of cells.
  var callsFunctions = false
  /// Whether it contains a `return`.
  var returns = false
  /// Whether it contains a `break` or `continue`.
  var exits = false
  /// Whether it may add to the enclosing builder block.
  var emits = false
  var range: SourceRange
}
