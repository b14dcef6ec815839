import Diagnostics

/// A name declared by a cell.
struct Variable: Sendable {
  enum Storage: Hashable, Sendable {
    case global(Int)
    /// `level` counts nested functions; 0 is the top level.
    case local(Int, level: Int)
  }

  var name: String
  var type: CellType
  var isMutable = false
  var isParameter = false
  /// Whether this is a function parameter without `@escaping`, which may only be called or passed on.
  var isNonEscaping = false
  var storage: Storage
  var location: SourceLocation
  /// The integer literal that made the variable an `Int`, if a `Double` could have been written instead.
  var wholeNumber: (range: SourceRange, digits: String)?
  /// Labels and defaults, if the name was declared by `func`.
  var function: UserFunction?
}

struct UserFunction: Sendable {
  var parameters: [ParameterInfo]
  /// The default of each parameter, computed at each call; `nil` where there is none.
  var computedDefaults: [Expression?]
  var result: CellType
  /// Whether the checker has passed the declaration.
  var isDeclared = false

  var type: CellType { .function(parameters.map(\.type), returns: result) }
}

/// The names that cells declared at their top level.
struct GlobalScope: Sendable {
  var variables: [String: Variable] = [:]
  var structures: [String: Structure] = [:]
  /// Names that code with errors may declare. They are unknown, and nothing is reported about their use.
  var unclear: Set<String> = []
  /// The number of globals declared so far; each has its own number.
  var count = 0
}

/// The checker's knowledge about the enclosing function.
struct FunctionContext: Sendable {
  enum Kind: Sendable { case topLevel, globalFunction, localFunction, closure }

  let kind: Kind
  /// For a closure, `nil` until its first `return`.
  var result: CellType?
  var localCount = 0
  var loops = 0
  var switches = 0
  /// Whether this is a closure that may be called after the enclosing function has returned.
  var isEscaping = false
  /// The struct, if this is a method.
  var receiver: Receiver?
  private(set) var captures: [Reference] = []
  /// Whether a captured variable is a `var`.
  private(set) var capturesChanging = false
  private var captureIndices: [Variable.Storage: Int] = [:]

  init(_ kind: Kind, result: CellType?) {
    self.kind = kind
    self.result = result
  }

  mutating func newLocal() -> Int {
    defer { localCount += 1 }
    return localCount
  }

  /// The captured variable's number in this function; `source` is its storage in the enclosing function.
  mutating func capture(_ variable: Variable, from source: Reference) -> Reference {
    let storage = variable.storage
    capturesChanging = capturesChanging || variable.isMutable
    if let index = captureIndices[storage] { return .captured(index) }
    captures.append(source)
    captureIndices[storage] = captures.count - 1
    return .captured(captures.count - 1)
  }
}
