import Diagnostics

/// A checked cell as the evaluator runs it: names resolved, types settled, no syntax left.
struct Program: Sendable {
  var statements: [Statement] = []
  /// Functions of the top level, made before the first statement runs.
  var functions: [(global: Int, function: Function)] = []
  /// How many local variables the blocks of the top level need.
  var localCount = 0
}

/// Where a variable lives.
enum Reference: Hashable, Sendable {
  /// Declared at the top level of a cell; lives as long as the notebook runs.
  case global(Int)
  /// Declared in the function that is running (or in a block of the top level).
  case local(Int)
  /// Declared outside the closure that is running.
  case captured(Int)
}

/// An expression with its type, and the stretch of source to blame.
struct Expression: Sendable {
  var kind: Kind
  var type: CellType
  var range: SourceRange

  indirect enum Kind: Sendable {
    case constant(Value)
    /// Digits as written, underscores dropped, with a minus sign where one stands before them. Until the literal
    /// adopts a type.
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
    /// `a?.b`: each base goes to its local variable unless it is nil; `wraps` where the body is not optional itself.
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
    /// Reported already; never evaluated.
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

/// A variable or a part of it, to be assigned to.
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

/// A function or closure: its parameters are its first local variables.
final class Function: Sendable {
  let name: String
  let parameterCount: Int
  let localCount: Int
  /// Where the captured variables live in the enclosing function.
  let captures: [Reference]
  /// Whether one of them is a `var`.
  let capturesChanging: Bool
  let body: [Statement]
  let type: CellType
  let range: SourceRange
  /// A mutating method: its first local variable is the value that it changes, and no argument.
  let isMutating: Bool

  init(
    name: String, parameterCount: Int, localCount: Int, captures: [Reference],
    capturesChanging: Bool = false, body: [Statement],
    type: CellType, range: SourceRange, isMutating: Bool = false
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
  }
}

/// What a `let`, `var` or `for` binds its value to.
indirect enum Pattern: Sendable {
  case variable(Reference)
  case ignored
  case tuple([Pattern])
}

enum Condition: Sendable {
  case expression(Expression)
  case unwrap(Expression, into: Reference)
}

indirect enum Statement: Sendable {
  case bind(Pattern, Expression)
  case declare(Function, Reference)
  case assign(Place, Expression)
  case compound(Place, BinaryOperator, Expression)
  case expression(Expression)
  case branch([Condition], then: [Statement], otherwise: [Statement])
  case loop(Pattern, over: Expression, filter: Expression?, body: [Statement], range: SourceRange)
  /// `checksAfter` where the body runs once before the condition is read (`repeat`).
  case whileLoop([Condition], body: [Statement], checksAfter: Bool, range: SourceRange)
  case block([Statement])
  case giveBack(Expression?)
  case exitLoop
  case nextIteration
  /// An expression of a builder block.
  case emit(Expression)
}
