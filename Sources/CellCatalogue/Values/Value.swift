/// A value computed by a cell.
///
/// Swift's own values are represented as such; all others are `host`, opaque to cells.
public indirect enum Value: Sendable {
  /// An `Int`.
  case int(Int)
  /// A `Double`.
  case double(Double)
  /// A `Float`.
  case float(Float)
  /// A `Bool`.
  case bool(Bool)
  /// A `String`.
  case string(String)
  /// The result of a function that returns nothing.
  case void
  /// An array.
  case array([Value])
  /// A dictionary that iterates in insertion order.
  case dictionary(OrderedDictionary)
  /// An optional.
  case optional(Value?)
  /// A tuple, with one label or `nil` for each element.
  case tuple([Value], labels: [String?])
  /// A struct declared by a cell.
  case structure(StructureValue)
  /// A case of an enum declared by a cell.
  case enumeration(EnumerationValue)
  /// A set that iterates in insertion order.
  case set(OrderedSet)
  /// A range between two `Int`s, two strings or two floating-point numbers; a one-sided range lacks a bound, which is
  /// then `void`.
  case range(lower: Value, upper: Value, isClosed: Bool)
  /// A function or closure.
  case function(Closure)
  /// A host value; `type` is its ``HostValue/cellTypeName``.
  case host(any Sendable, type: String)
}

/// A cell's function, callable by the host from any thread.
///
/// Captured variables are shared with the cell and guarded by locks.
public struct Closure: Sendable {
  /// The function's type.
  public let type: CellType
  /// Whether it captured a local `var`, so that calls with equal arguments may give different results.
  public let capturesChanging: Bool
  private let captured: [Box]
  private let body: @Sendable ([Value]) throws -> Value
  /// For mutating methods of cells' structs: changes the value in place.
  package let change: (@Sendable (inout Value, [Value]) throws -> Value)?

  /// Creates a function from Swift code.
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

  /// The current values of the captured local variables.
  public var capturedValues: [Value] { captured.compactMap(\.value) }

  /// Calls the function.
  ///
  /// - Throws: ``CellFailure``, located in the cell, if the function fails.
  public func callAsFunction(_ arguments: [Value]) throws -> Value { try body(arguments) }
}

/// A dictionary that keeps insertion order, so that a loop over it is the same on every run.
public struct OrderedDictionary: Sendable {
  /// The keys, in insertion order.
  public private(set) var keys: [Value] = []
  /// The values, in the order of the keys.
  public private(set) var values: [Value] = []
  private var places: [HashedValue: Int] = [:]

  /// Creates an empty dictionary.
  public init() {}

  /// The number of entries.
  public var count: Int { keys.count }

  /// The value for a key; assigning `nil` removes the entry.
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

/// A set that keeps insertion order, so that a loop over it is the same on every run.
public struct OrderedSet: Sendable {
  private var entries = OrderedDictionary()

  /// Creates a set of the elements; of equal elements, the first is kept.
  public init(_ elements: some Sequence<Value> = []) {
    for element in elements { insert(element) }
  }

  /// The elements, in insertion order.
  public var elements: [Value] { entries.keys }
  /// The number of elements.
  public var count: Int { entries.count }

  /// Whether the set contains the element.
  public func contains(_ element: Value) -> Bool { entries[element] != nil }

  /// Adds an element; returns `false` if the set already contains it.
  @discardableResult
  public mutating func insert(_ element: Value) -> Bool {
    if contains(element) { return false }
    entries[element] = .void
    return true
  }

  /// Removes an element; returns the removed element, or `nil` if there is none.
  @discardableResult
  public mutating func remove(_ element: Value) -> Value? {
    guard let place = entries.keys.firstIndex(where: { $0.isEqual(to: element) }) else { return nil }
    let removed = entries.keys[place]
    entries[element] = nil
    return removed
  }
}

/// A value used as a dictionary key.
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
      // The first elements of a long array are enough for a hash; equality compares all.
      hasher.combine(x.count)
      for element in x.prefix(32) { HashedValue(value: element).hash(into: &hasher) }
    case .structure(let x):
      for element in x.fields { HashedValue(value: element).hash(into: &hasher) }
    case .enumeration(let x):
      hasher.combine(x.index)
      for element in x.payload { HashedValue(value: element).hash(into: &hasher) }
    case .set(let x): hasher.combine(x.count)
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
      // As in Swift, an array that shares its storage with another equals it, whatever it contains.
      a.count == b.count
        && (a.place == b.place || Self.goOn(a.count) && zip(a, b).allSatisfy { $0.isEqual(to: $1) })
    case (.structure(let a), .structure(let b)):
      a.type == b.type && a.fields.count == b.fields.count
        && zip(a.fields, b.fields).allSatisfy { $0.isEqual(to: $1) }
    case (.enumeration(let a), .enumeration(let b)):
      a.type == b.type && a.index == b.index && a.payload.count == b.payload.count
        && zip(a.payload, b.payload).allSatisfy { $0.isEqual(to: $1) }
    case (.set(let a), .set(let b)):
      a.count == b.count && Self.goOn(a.count) && a.elements.allSatisfy(b.contains)
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

  /// Counts the steps of a long comparison. Returns `false` if the run was cancelled; the evaluator then discards
  /// the result.
  private static func goOn(_ steps: Int) -> Bool { steps < 64 || Meter.current?.goOn(steps) ?? true }

  /// Swift's `<` on numbers, strings, enums and tuples of them; `false` if they are not ordered.
  package func isLess(than other: Value) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): return a < b
    case (.double(let a), .double(let b)): return a < b
    case (.float(let a), .float(let b)): return a < b
    case (.string(let a), .string(let b)): return Self.goOn(a.utf8.count) && a < b
    case (.tuple(let a, _), .tuple(let b, _)):
      for (x, y) in zip(a, b) where !x.isEqual(to: y) { return x.isLess(than: y) }
      return false
    case (.enumeration(let a), .enumeration(let b)):
      if a.index != b.index { return a.index < b.index }
      for (x, y) in zip(a.payload, b.payload) where !x.isEqual(to: y) { return x.isLess(than: y) }
      return false
    default: return false
    }
  }
}

extension Array where Element == Value {
  /// The address of the elements, to find out whether two arrays share storage.
  package var place: UnsafePointer<Value>? { withUnsafeBufferPointer { $0.baseAddress } }
}
