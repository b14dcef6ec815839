/// A type in the checker; `description` spells it as Swift does.
///
///     CellType.function([.int], returns: .array(.double)).description   // "(Int) -> [Double]"
public indirect enum CellType: Hashable, Sendable {
  /// A basic Swift type.
  case int, double, float, bool, string, substring, void
  /// An array of the element type.
  case array(CellType)
  /// A dictionary from the key type to the value type.
  case dictionary(CellType, CellType)
  /// A set of the element type.
  case set(CellType)
  /// An optional of the wrapped type.
  case optional(CellType)
  /// A tuple of at least two elements.
  case tuple([TupleElement])
  /// A half-open range of the bound type.
  case range(CellType)
  /// A closed range of the bound type.
  case closedRange(CellType)
  /// A standard-library sequence that is not an array: `EnumeratedSequence`, `ArraySlice`, …, with its element
  /// type.
  case sequence(String, CellType)
  /// A function of the parameter types.
  case function([CellType], returns: CellType)
  /// An `inout` parameter; occurs only among a function's parameters.
  case inOut(CellType)
  /// A struct or enum declared by a cell.
  case structure(StructureType)
  /// A host type, opaque to cells.
  case named(String)
  /// Any value whose type conforms to the protocol.
  case any(String)
  /// A block that collects values conforming to the protocol (in Swift: a result builder's closure).
  case builder(String)

  /// A generic parameter of a standard-library row. Like the following cases, it occurs only during checking.
  case variable(String)
  /// `Any`: every type, as accepted by `print`.
  case anything
  /// A number literal that has not adopted a type.
  case integerLiteral, floatLiteral
  /// A `nil` that has not adopted a type.
  case nilLiteral
  /// The type of an expression with a reported problem; suppresses follow-up errors.
  case invalid
}

/// The name and synthesised conformances of a struct or enum.
public struct StructureType: Hashable, Sendable {
  /// The type's name.
  public let name: String
  package var isEquatable = false
  package var isHashable = false
  package var isComparable = false
  /// Whether its own `<` compares values, rather than the order of its cases.
  package var hasOwnOrder = false
  /// Whether its own `==` compares values, rather than all properties.
  package var hasOwnEquality = false

  package init(_ name: String) { self.name = name }
}

/// An element of a tuple type.
public struct TupleElement: Hashable, Sendable {
  /// The element's label, if it has one.
  public var label: String?
  /// The element's type.
  public var type: CellType

  /// Creates an element.
  public init(_ label: String? = nil, _ type: CellType) {
    self.label = label
    self.type = type
  }
}

extension CellType: CustomStringConvertible {
  public var description: String {
    switch self {
    case .int, .integerLiteral: "Int"
    case .double, .floatLiteral: "Double"
    case .float: "Float"
    case .bool: "Bool"
    case .string: "String"
    case .substring: "Substring"
    case .void: "()"
    case .array(let element): "[\(element)]"
    case .dictionary(let key, let value): "[\(key) : \(value)]"
    case .set(let element): "Set<\(element)>"
    case .inOut(let type): "inout \(type)"
    case .optional(let wrapped): "\(wrapped.parenthesised)?"
    case .tuple(let elements):
      "(" + elements.map { ($0.label.map { "\($0): " } ?? "") + "\($0.type)" }.joined(separator: ", ") + ")"
    case .range(let bound): "Range<\(bound)>"
    case .closedRange(let bound): "ClosedRange<\(bound)>"
    case .sequence("", let element): "some Sequence<\(element)>"
    case .sequence(let name, let element): "\(name)<\(element)>"
    case .function(let parameters, let result):
      "(" + parameters.map(\.description).joined(separator: ", ") + ") -> "
        + (result == .void ? "Void" : "\(result)")
    case .structure(let type): type.name
    case .named(let name): name
    case .any(let name): "any \(name)"
    case .builder(let name): "() -> [any \(name)]"
    case .variable(let name): name
    case .anything: "Any"
    case .nilLiteral: "nil"
    case .invalid: "<<error type>>"
    }
  }

  private var parenthesised: String {
    switch self {
    case .function, .any, .builder: "(\(self))"
    default: description
    }
  }
}

extension CellType {
  /// The wrapped type of an optional; `nil` for other types.
  package var wrapped: CellType? { if case .optional(let wrapped) = self { wrapped } else { nil } }

  /// The type without any optionals around it.
  package var unwrapped: CellType {
    var type = self
    while case .optional(let wrapped) = type { type = wrapped }
    return type
  }

  package var isLiteral: Bool { self == .integerLiteral || self == .floatLiteral }
  package var isNumeric: Bool { [.int, .double, .float, .integerLiteral, .floatLiteral].contains(self) }
  package var isFloatingPoint: Bool { self == .double || self == .float || self == .floatLiteral }

  /// The name used to look up a host type's members.
  package var hostName: String? {
    switch self {
    case .named(let name), .any(let name): name
    default: nil
    }
  }

  /// The type of the elements that a `for` loop over this type visits, or `nil` if it is not a sequence.
  package var sequenceElement: CellType? {
    switch self {
    case .sequence("PartialRangeUpTo", _), .sequence("PartialRangeThrough", _): nil
    case .sequence("PartialRangeFrom", let bound): bound == .int || bound == .integerLiteral ? .int : nil
    case .array(let element), .set(let element), .sequence(_, let element): element
    case .range(.int), .closedRange(.int): .int
    case .range(.integerLiteral), .closedRange(.integerLiteral): .int
    case .dictionary(let key, let value): .tuple([TupleElement("key", key), TupleElement("value", value)])
    default: nil
    }
  }

  /// The type with Swift's defaults, `Int` and `Double`, for literals that adopted none.
  package var settled: CellType {
    switch self {
    case .integerLiteral: .int
    case .floatLiteral: .double
    case .array(let element): .array(element.settled)
    case .dictionary(let key, let value): .dictionary(key.settled, value.settled)
    case .set(let element): .set(element.settled)
    case .optional(let wrapped): .optional(wrapped.settled)
    case .tuple(let elements): .tuple(elements.map { TupleElement($0.label, $0.type.settled) })
    case .range(let bound): .range(bound.settled)
    case .inOut(let type): .inOut(type.settled)
    case .closedRange(let bound): .closedRange(bound.settled)
    case .sequence(let name, let element): .sequence(name, element.settled)
    case .function(let parameters, let result): .function(parameters.map(\.settled), returns: result.settled)
    default: self
    }
  }

  /// Whether a part of the type has already been reported as invalid.
  package var isInvalid: Bool {
    switch self {
    case .invalid: true
    case .array(let element), .optional(let element), .range(let element), .closedRange(let element),
      .sequence(_, let element), .set(let element), .inOut(let element):
      element.isInvalid
    case .dictionary(let key, let value): key.isInvalid || value.isInvalid
    case .tuple(let elements): elements.contains { $0.type.isInvalid }
    case .function(let parameters, let result): result.isInvalid || parameters.contains(where: \.isInvalid)
    default: false
    }
  }

  /// Whether the type contains generic parameters.
  package var hasVariables: Bool {
    switch self {
    case .variable: true
    case .array(let element), .optional(let element), .range(let element), .closedRange(let element),
      .sequence(_, let element), .set(let element), .inOut(let element):
      element.hasVariables
    case .dictionary(let key, let value): key.hasVariables || value.hasVariables
    case .tuple(let elements): elements.contains { $0.type.hasVariables }
    case .function(let parameters, let result):
      result.hasVariables || parameters.contains(where: \.hasVariables)
    default: false
    }
  }
}

extension CellType {
  /// The type as declarations spell it: `Void` rather than `()`, `[String: Int]` rather than `[String : Int]`.
  package var inDeclaration: String {
    switch self {
    case .void: "Void"
    case .dictionary(let key, let value): "[\(key.inDeclaration): \(value.inDeclaration)]"
    case .array(let element): "[\(element.inDeclaration)]"
    default: description
    }
  }
}
