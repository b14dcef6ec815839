/// A catalogue row: one thing that cells can name, with its documentation and the Swift code it calls.
public struct Entry: Sendable {
  /// The kinds of rows.
  public enum Kind: Hashable, Sendable {
    /// A free function.
    case function
    /// A type's initialiser.
    case initialiser
    /// A static function such as `.adamW()`, used where the type is known from context.
    case staticMember
    /// A static property such as `.triangular`.
    case staticValue
    /// An instance property.
    case property
    /// An instance method.
    case method
    /// A host type or protocol that can be named but not called.
    case type
  }

  /// The kind of thing that the row declares.
  public var kind: Kind
  /// The name as written in a cell; for an initialiser, the type's name.
  public var name: String
  /// For a member, the host type it belongs to.
  public var owner: CellType?
  /// The parameters, in declaration order, without the receiver.
  public var parameters: [ParameterInfo]
  /// The type of the result.
  public var result: CellType
  /// Protocols that the named type conforms to.
  public var conformances: [String]
  /// A one-line summary.
  public var doc: String
  /// Example code; empty if there is none.
  public var example: String
  /// The name of the row's group, e.g. `steps` or `layers`.
  public var group = ""
  /// Calls the Swift code. Takes the values in the order of `parameters`; a member's receiver comes first.
  public internal(set) var call: @Sendable ([Value]) throws -> Value
  package var traits = Traits()

  /// Properties that only few rows have.
  package struct Traits: Sendable {
    /// For protocols: Swift's own types that conform to it.
    package var conformers: [CellType] = []
    /// Protocols that generic parameters must conform to.
    package var requirements: [String: Constraint] = [:]
    /// For mutating methods: changes the receiver in place and returns the result.
    package var change: (@Sendable (inout Value, [Value]) throws -> Value)?

    package var isMutating: Bool { change != nil }
  }

  package init(
    _ kind: Kind, _ name: String, owner: CellType? = nil, parameters: [ParameterInfo] = [], result: CellType,
    conformances: [String] = [], doc: String, example: String = "",
    call: @escaping @Sendable ([Value]) throws -> Value
  ) {
    self.kind = kind
    self.name = name
    self.owner = owner
    self.parameters = parameters
    self.result = result
    self.conformances = conformances
    self.doc = doc
    self.example = example
    self.call = call
  }
}

extension Entry {
  /// The declaration in Swift syntax, without keywords:
  /// `train(_ model: Model, on data: Dataset, epochs: Int = 10) -> History`.
  public var signature: String {
    let list = "(" + parameters.map(\.declaration).joined(separator: ", ") + ")"
    let returned = result == .void ? "" : " -> \(result.inDeclaration)"
    let prefix = owner.map { "\($0)." } ?? ""
    return switch kind {
    case .function: name + list + returned
    case .initialiser: name + list
    case .staticMember, .method: prefix + name + list + returned
    case .staticValue, .property: "\(prefix)\(name): \(result.inDeclaration)"
    case .type: name
    }
  }

  /// The name, qualified with its type if it is a member.
  package var qualifiedName: String { owner.map { "\($0).\(name)" } ?? name }
}
