/// A value that a cell computed.
///
/// Swift's own values stay Swift's own; everything the host adds is `host`, opaque to cells.
public indirect enum Value: Sendable {
  case int(Int)
  case double(Double)
  case float(Float)
  case bool(Bool)
  case string(String)
  case void
  case array([Value])
  case dictionary(OrderedDictionary)
  case optional(Value?)
  case tuple([Value], labels: [String?])
  /// A struct that a cell declares: its name, and its stored properties in order.
  case structure(String, [Value], labels: [String])
  case range(lower: Value, upper: Value, isClosed: Bool)
  case function(Closure)
  /// `type` is the host type's name, as its ``HostValue/cellTypeName`` gives it.
  case host(any Sendable, type: String)
}

/// A function made in a cell, callable by the host from any thread.
///
/// Variables that it captured are shared with the cell and guarded by locks.
public struct Closure: Sendable {
  public let type: CellType
  /// Whether it captured a local `var`: calls may then differ though their arguments do not.
  public let capturesChanging: Bool
  private let captured: [Box]
  private let body: @Sendable ([Value]) throws -> Value
  /// Changes the value in place; only for mutating methods of cells' structs.
  package let change: (@Sendable (inout Value, [Value]) throws -> Value)?

  public init(type: CellType, _ body: @escaping @Sendable ([Value]) throws -> Value) {
    self.init(type: type, captured: [], capturesChanging: false, body)
  }

  package init(
    type: CellType, captured: [Box], capturesChanging: Bool,
    _ body: @escaping @Sendable ([Value]) throws -> Value
  ) {
    self.type = type
    self.captured = captured
    self.capturesChanging = capturesChanging
    self.body = body
    change = nil
  }

  package init(type: CellType, changing change: @escaping @Sendable (inout Value, [Value]) throws -> Value) {
    self.type = type
    self.change = change
    captured = []
    capturesChanging = false
    body = { _ in throw LibraryFailure("this method changes its value") }
  }

  /// What the local variables that it captured hold now.
  public var capturedValues: [Value] { captured.compactMap(\.value) }

  /// - Throws: ``CellFailure``, located in the cell, where the function fails.
  public func callAsFunction(_ arguments: [Value]) throws -> Value { try body(arguments) }
}

/// A dictionary that keeps the order of insertion, so that a loop over it is the same on every run.
public struct OrderedDictionary: Sendable {
  public private(set) var keys: [Value] = []
  public private(set) var values: [Value] = []
  private var places: [HashedValue: Int] = [:]

  public init() {}

  public var count: Int { keys.count }

  public subscript(key: Value) -> Value? {
    get { places[HashedValue(value: key)].map { values[$0] } }
    set {
      let hashed = HashedValue(value: key)
      switch (places[hashed], newValue) {
      case (let place?, let value?): values[place] = value
      case (nil, let value?):
        places[hashed] = keys.count
        keys.append(key)
        values.append(value)
      case (let place?, nil):
        keys.remove(at: place)
        values.remove(at: place)
        places[hashed] = nil
        for (other, index) in places where index > place { places[other] = index - 1 }
      case (nil, nil): break
      }
    }
  }
}

/// A value as a dictionary's key.
package struct HashedValue: Hashable, Sendable {
  package let value: Value

  package static func == (a: Self, b: Self) -> Bool { a.value.isEqual(to: b.value) }

  package func hash(into hasher: inout Hasher) {
    switch value {
    case .int(let x): hasher.combine(x)
    case .double(let x): hasher.combine(x)
    case .float(let x): hasher.combine(x)
    case .bool(let x): hasher.combine(x)
    case .string(let x): hasher.combine(x)
    case .array(let x):
      // Of long arrays the first elements tell enough; equality compares them all.
      hasher.combine(x.count)
      for element in x.prefix(32) { HashedValue(value: element).hash(into: &hasher) }
    case .structure(_, let x, _):
      for element in x { HashedValue(value: element).hash(into: &hasher) }
    case .optional(let x?): HashedValue(value: x).hash(into: &hasher)
    default: hasher.combine(0)
    }
  }
}

extension Value {
  /// Swift's `==`; values that Swift cannot compare are unequal.
  package func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.string(let a), .string(let b)): Self.goOn(a.utf8.count) && a == b
    case (.void, .void): true
    case (.array(let a), .array(let b)), (.tuple(let a, _), .tuple(let b, _)):
      // As Swift: an array is equal to itself, whatever is in it.
      a.count == b.count
        && (a.place == b.place || Self.goOn(a.count) && zip(a, b).allSatisfy { $0.isEqual(to: $1) })
    case (.structure(let a, let x, _), .structure(let b, let y, _)):
      a == b && x.count == y.count && zip(x, y).allSatisfy { $0.isEqual(to: $1) }
    case (.optional(let a), .optional(let b)):
      switch (a, b) {
      case (nil, nil): true
      case (let a?, let b?): a.isEqual(to: b)
      default: false
      }
    case (.dictionary(let a), .dictionary(let b)):
      a.count == b.count
        && zip(a.keys, a.values).allSatisfy { key, value in b[key]?.isEqual(to: value) ?? false }
    case (.range(let a, let b, let c), .range(let x, let y, let z)):
      a.isEqual(to: x) && b.isEqual(to: y) && c == z
    default: false
    }
  }

  /// Counts the steps of a long comparison; `false` where the run was stopped, and the evaluator throws the answer
  /// away.
  private static func goOn(_ steps: Int) -> Bool { steps < 64 || Meter.current?.goOn(steps) ?? true }

  /// Swift's `<` on numbers, strings and tuples of them; `false` where there is no order.
  package func isLess(than other: Value) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): return a < b
    case (.double(let a), .double(let b)): return a < b
    case (.float(let a), .float(let b)): return a < b
    case (.string(let a), .string(let b)): return Self.goOn(a.utf8.count) && a < b
    case (.tuple(let a, _), .tuple(let b, _)):
      for (x, y) in zip(a, b) where !x.isEqual(to: y) { return x.isLess(than: y) }
      return false
    default: return false
    }
  }
}

extension Array where Element == Value {
  /// Where the elements are, to tell whether two arrays share them.
  package var place: UnsafePointer<Value>? { withUnsafeBufferPointer { $0.baseAddress } }
}
