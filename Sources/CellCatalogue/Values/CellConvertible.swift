/// A Swift type whose values cells can hold and pass to the host.
public protocol CellConvertible: Sendable {
  static var cellType: CellType { get }
  /// Converts a cell's value; `nil` if it has another type, which the checker rules out.
  init?(cellValue: Value)
  var cellValue: Value { get }
}

/// A host type that is opaque to cells.
///
///     extension Model: HostValue {}      // cells know it as 'Model'
public protocol HostValue: CellConvertible {
  /// The type's name in cells; the Swift name by default.
  static var cellTypeName: String { get }
}

extension HostValue {
  /// The name without its module. `String(describing:)` would look up conformances and take most of the time needed
  /// to build a catalogue.
  public static var cellTypeName: String { _typeName(Self.self, qualified: false) }
  public static var cellType: CellType { .named(cellTypeName) }
  public var cellValue: Value { .host(self, type: Self.cellTypeName) }
  public init?(cellValue: Value) {
    guard case .host(let value, _) = cellValue, let typed = value as? Self else { return nil }
    self = typed
  }
}

extension Int: CellConvertible {
  public static var cellType: CellType { .int }
  public init?(cellValue: Value) { if case .int(let x) = cellValue { self = x } else { return nil } }
  public var cellValue: Value { .int(self) }
}

extension Double: CellConvertible {
  public static var cellType: CellType { .double }
  public init?(cellValue: Value) { if case .double(let x) = cellValue { self = x } else { return nil } }
  public var cellValue: Value { .double(self) }
}

extension Float: CellConvertible {
  public static var cellType: CellType { .float }
  public init?(cellValue: Value) { if case .float(let x) = cellValue { self = x } else { return nil } }
  public var cellValue: Value { .float(self) }
}

extension Bool: CellConvertible {
  public static var cellType: CellType { .bool }
  public init?(cellValue: Value) { if case .bool(let x) = cellValue { self = x } else { return nil } }
  public var cellValue: Value { .bool(self) }
}

extension String: CellConvertible {
  public static var cellType: CellType { .string }
  public init?(cellValue: Value) { if case .string(let x) = cellValue { self = x } else { return nil } }
  public var cellValue: Value { .string(self) }
}

extension Array: CellConvertible where Element: CellConvertible {
  public static var cellType: CellType { .array(Element.cellType) }
  public init?(cellValue: Value) {
    guard case .array(let elements) = cellValue else { return nil }
    var out: [Element] = []
    out.reserveCapacity(elements.count)
    for element in elements {
      guard let typed = Element(cellValue: element) else { return nil }
      out.append(typed)
    }
    self = out
  }
  public var cellValue: Value { .array(map(\.cellValue)) }
}

extension Dictionary: CellConvertible where Key: CellConvertible & Comparable, Value: CellConvertible {
  public static var cellType: CellType { .dictionary(Key.cellType, Value.cellType) }
  public init?(cellValue: CellCatalogue.Value) {
    guard case .dictionary(let entries) = cellValue else { return nil }
    var out: [Key: Value] = [:]
    for (key, value) in zip(entries.keys, entries.values) {
      guard let key = Key(cellValue: key), let value = Value(cellValue: value) else { return nil }
      out[key] = value
    }
    self = out
  }
  /// In key order, so that printing it gives the same text on every run.
  public var cellValue: CellCatalogue.Value {
    var entries = OrderedDictionary()
    for (key, value) in sorted(by: { $0.key < $1.key }) { entries[key.cellValue] = value.cellValue }
    return .dictionary(entries)
  }
}

extension Optional: CellConvertible where Wrapped: CellConvertible {
  public static var cellType: CellType { .optional(Wrapped.cellType) }
  public init?(cellValue: Value) {
    guard case .optional(let wrapped) = cellValue else { return nil }
    guard let wrapped else {
      self = .none
      return
    }
    guard let typed = Wrapped(cellValue: wrapped) else { return nil }
    self = .some(typed)
  }
  public var cellValue: Value { .optional(self?.cellValue) }
}

extension Range: CellConvertible where Bound: CellConvertible {
  public static var cellType: CellType { .range(Bound.cellType) }
  public init?(cellValue: Value) {
    guard case .range(let lower, let upper, false) = cellValue, let low = Bound(cellValue: lower),
      let high = Bound(cellValue: upper), low <= high
    else { return nil }
    self = low..<high
  }
  public var cellValue: Value {
    .range(lower: lowerBound.cellValue, upper: upperBound.cellValue, isClosed: false)
  }
}

extension ClosedRange: CellConvertible where Bound: CellConvertible {
  public static var cellType: CellType { .closedRange(Bound.cellType) }
  public init?(cellValue: Value) {
    guard case .range(let lower, let upper, true) = cellValue, let low = Bound(cellValue: lower),
      let high = Bound(cellValue: upper), low <= high
    else { return nil }
    self = low...high
  }
  public var cellValue: Value {
    .range(lower: lowerBound.cellValue, upper: upperBound.cellValue, isClosed: true)
  }
}

/// The result type of a host function that returns nothing. (Swift's `Void` cannot conform to protocols.)
public struct NoValue: CellConvertible {
  /// Creates the only value.
  public init() {}
  public static var cellType: CellType { .void }
  public init?(cellValue: Value) { if case .void = cellValue { self.init() } else { return nil } }
  public var cellValue: Value { .void }
}
