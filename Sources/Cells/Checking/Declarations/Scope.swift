import Diagnostics

/// A name that a cell declared.
struct Variable: Sendable {
  enum Storage: Hashable, Sendable {
    case global(Int)
    /// The level counts functions inside functions; 0 is the top level.
    case local(Int, level: Int)
  }

  var name: String
  var type: CellType
  var isMutable = false
  var isParameter = false
  /// A function that may only be called or passed on: a parameter without `@escaping`.
  var isNonEscaping = false
  var storage: Storage
  var location: SourceLocation
  /// The whole number that made it an `Int`, where that could be written as a `Double` too.
  var wholeNumber: (range: SourceRange, digits: String)?
  /// Labels and defaults, where the name was declared by `func`.
  var function: UserFunction?
}

struct UserFunction: Sendable {
  var parameters: [ParameterInfo]
  /// The default of each parameter, computed at each call; `nil` where there is none.
  var computedDefaults: [Expression?]
  var result: CellType
  /// The checker has passed the declaration.
  var isDeclared = false

  var type: CellType { .function(parameters.map(\.type), returns: result) }
}

/// The names that cells declared at their top level.
struct GlobalScope: Sendable {
  var variables: [String: Variable] = [:]
  var structures: [String: Structure] = [:]
  /// How many were ever declared; each has its own number.
  var count = 0
}

/// What the checker knows about the function whose body it is in.
struct FunctionContext: Sendable {
  enum Kind: Sendable { case topLevel, globalFunction, localFunction, closure }

  let kind: Kind
  /// `nil` until the first `return` of a closure tells.
  var result: CellType?
  var localCount = 0
  var loops = 0
  /// A closure that may be kept and called after the function around it has returned.
  var isEscaping = false
  /// The struct whose method this is.
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

  /// The captured variable's number in this function; `source` is where the enclosing function has it.
  mutating func capture(_ variable: Variable, from source: Reference) -> Reference {
    let storage = variable.storage
    capturesChanging = capturesChanging || variable.isMutable
    if let index = captureIndices[storage] { return .captured(index) }
    captures.append(source)
    captureIndices[storage] = captures.count - 1
    return .captured(captures.count - 1)
  }
}
