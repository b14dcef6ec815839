/// A type as the checker knows it; `description` spells it as Swift does.
///
///     CellType.function([.int], returns: .array(.double)).description   // "(Int) -> [Double]"
public indirect enum CellType: Hashable, Sendable {
  case int, double, float, bool, string, void
  case array(CellType)
  case dictionary(CellType, CellType)
  case optional(CellType)
  case tuple([TupleElement])
  case range(CellType)
  case closedRange(CellType)
  /// A sequence of the standard library that is not an array: `EnumeratedSequence`, `ArraySlice`, ….
  case sequence(String, CellType)
  case function([CellType], returns: CellType)
  /// A struct that a cell declares.
  case structure(StructureType)
  /// A host type: a value that cells pass around without looking inside.
  case named(String)
  /// Any value whose type conforms to the protocol.
  case any(String)
  /// A block that collects values of the protocol (Swift: a result builder's closure).
  case builder(String)

  // What only checking meets.
  /// A generic parameter of a standard-library row.
  case variable(String)
  /// `Any`: whatever `print` takes.
  case anything
  /// A number literal that has not adopted a type yet.
  case integerLiteral, floatLiteral
  /// `nil` before it has adopted a type.
  case nilLiteral
  /// Already reported as wrong; says nothing more.
  case invalid
}

/// A struct's name, and what Swift makes of its conformances.
public struct StructureType: Hashable, Sendable {
  public let name: String
  package var isEquatable = false
  package var isHashable = false

  package init(_ name: String) { self.name = name }
}

/// One element of a tuple type.
public struct TupleElement: Hashable, Sendable {
  public var label: String?
  public var type: CellType

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
    case .void: "()"
    case .array(let element): "[\(element)]"
    case .dictionary(let key, let value): "[\(key) : \(value)]"
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
  /// The type without the optional around it, if there is one.
  package var wrapped: CellType? { if case .optional(let wrapped) = self { wrapped } else { nil } }

  /// The type without any optional around it.
  package var unwrapped: CellType {
    var type = self
    while case .optional(let wrapped) = type { type = wrapped }
    return type
  }

  package var isLiteral: Bool { self == .integerLiteral || self == .floatLiteral }
  package var isNumeric: Bool { [.int, .double, .float, .integerLiteral, .floatLiteral].contains(self) }
  package var isFloatingPoint: Bool { self == .double || self == .float || self == .floatLiteral }

  /// The name under which a host type's members are looked up.
  package var hostName: String? {
    switch self {
    case .named(let name), .any(let name): name
    default: nil
    }
  }

  /// What a `for` loop over a value of this type yields, or `nil` where it is no sequence.
  package var sequenceElement: CellType? {
    switch self {
    case .array(let element), .sequence(_, let element): element
    case .range(.int), .closedRange(.int): .int
    case .range(.integerLiteral), .closedRange(.integerLiteral): .int
    case .dictionary(let key, let value): .tuple([TupleElement("key", key), TupleElement("value", value)])
    default: nil
    }
  }

  /// Literals that adopted nothing take Swift's defaults: `Int` and `Double`.
  package var settled: CellType {
    switch self {
    case .integerLiteral: .int
    case .floatLiteral: .double
    case .array(let element): .array(element.settled)
    case .dictionary(let key, let value): .dictionary(key.settled, value.settled)
    case .optional(let wrapped): .optional(wrapped.settled)
    case .tuple(let elements): .tuple(elements.map { TupleElement($0.label, $0.type.settled) })
    case .range(let bound): .range(bound.settled)
    case .closedRange(let bound): .closedRange(bound.settled)
    case .sequence(let name, let element): .sequence(name, element.settled)
    case .function(let parameters, let result): .function(parameters.map(\.settled), returns: result.settled)
    default: self
    }
  }

  /// Whether a part of the type was already reported as wrong.
  package var isInvalid: Bool {
    switch self {
    case .invalid: true
    case .array(let element), .optional(let element), .range(let element), .closedRange(let element),
      .sequence(_, let element):
      element.isInvalid
    case .dictionary(let key, let value): key.isInvalid || value.isInvalid
    case .tuple(let elements): elements.contains { $0.type.isInvalid }
    case .function(let parameters, let result): result.isInvalid || parameters.contains(where: \.isInvalid)
    default: false
    }
  }

  /// Whether generic parameters are left in the type.
  package var hasVariables: Bool {
    switch self {
    case .variable: true
    case .array(let element), .optional(let element), .range(let element), .closedRange(let element),
      .sequence(_, let element):
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
  /// As declarations spell it: `Void` rather than `()`, `[String: Int]` rather than `[String : Int]`.
  package var inDeclaration: String {
    switch self {
    case .void: "Void"
    case .dictionary(let key, let value): "[\(key.inDeclaration): \(value.inDeclaration)]"
    case .array(let element): "[\(element.inDeclaration)]"
    default: description
    }
  }
}
