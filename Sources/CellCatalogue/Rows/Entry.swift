/// A row of the catalogue: one thing that cells can name, with its documentation and its real call.
public struct Entry: Sendable {
  public enum Kind: Hashable, Sendable {
    case function
    case initialiser
    /// `.adamW()`, where the type is known.
    case staticMember
    /// `.triangular`: a static member without arguments.
    case staticValue
    case property
    case method
    /// A name without a call of its own: a host type or protocol.
    case type
  }

  public var kind: Kind
  /// As written in a cell; an initialiser's is its type's.
  public var name: String
  /// The host type a member belongs to.
  public var owner: CellType?
  public var parameters: [ParameterInfo]
  public var result: CellType
  /// Protocols that the named type conforms to.
  public var conformances: [String]
  /// One line.
  public var doc: String
  public var example: String
  /// The group it is listed under: "steps", "layers", ….
  public var group = ""
  /// Values in the order of `parameters`, a member's receiver first.
  public internal(set) var call: @Sendable ([Value]) throws -> Value
  package var traits = Traits()

  /// What only rows of the standard library have.
  package struct Traits: Sendable {
    /// Protocols that generic parameters must conform to.
    package var requirements: [String: Constraint] = [:]
    /// Changes the receiver in place and gives the result; only for mutating methods.
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
  /// The declaration as Swift reads it, without keywords:
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

  /// The name with its type's before it, where it is a member.
  package var qualifiedName: String { owner.map { "\($0).\(name)" } ?? name }
}
