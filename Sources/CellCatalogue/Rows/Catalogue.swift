import Diagnostics

/// A named group of catalogue rows, listed together by `quire describe`.
///
///     Group("layers", "What models are made of", [.initialiser(Conv2d.self, …), …])
public struct Group: Sendable {
  /// The group's name, as accepted by `quire describe`, e.g. `layers`.
  public let name: String
  /// A one-line heading; may be empty.
  public let title: String
  /// The rows, in listing order.
  public let entries: [Entry]

  /// Creates a group; its name is set on each of its rows.
  public init(_ name: String, _ title: String = "", _ entries: [Entry]) {
    self.name = name
    self.title = title
    self.entries = entries.map { entry in
      var entry = entry
      entry.group = name
      return entry
    }
  }
}

/// Everything that cells can use beyond Swift itself. The checker, the evaluator and `quire describe` all read it.
///
/// Several rows may share a name; the arguments select one, as with Swift's overloads.
public struct Catalogue: Sendable {
  /// The groups, in listing order.
  public let groups: [Group]
  /// The rows of all groups, in order.
  public let rows: [Entry]
  /// Names of other libraries, which the checker explains.
  public var foreignNames = ForeignNames()
  private let callables: [String: [Entry]]
  private let types: [String: CellType]
  private let members: [String: [String: [Entry]]]
  private let conformances: [String: Set<String>]

  /// Creates a catalogue from groups of rows.
  public init(_ groups: Group...) { self.init(groups) }

  /// Creates a catalogue from groups of rows.
  public init(_ groups: [Group]) {
    self.groups = groups
    rows = groups.flatMap(\.entries)
    var callables: [String: [Entry]] = [:]
    var types: [String: CellType] = [:]
    var members: [String: [String: [Entry]]] = [:]
    var conformances: [String: Set<String>] = [:]
    for row in rows {
      switch row.kind {
      case .function: callables[row.name, default: []].append(row)
      case .initialiser:
        callables[row.name, default: []].append(row)
        types[row.name] = row.result
      case .type: types[row.name] = row.result
      case .staticMember, .staticValue, .property, .method:
        guard let owner = row.owner?.hostName else { continue }
        members[owner, default: [:]][row.name, default: []].append(row)
        if let type = row.owner, types[owner] == nil { types[owner] = type }
      }
      // A type that appears only in a signature can be named too.
      for type in row.parameters.map(\.type) + [row.result] {
        if case .named(let name) = type.unwrapped, types[name] == nil { types[name] = type.unwrapped }
        if case .any(let name) = type.unwrapped, types[name] == nil { types[name] = type.unwrapped }
        if case .builder(let name) = type, types[name] == nil { types[name] = .any(name) }
      }
      for type in row.traits.conformers { conformances[type.description, default: []].insert(row.name) }
      for name in row.conformances {
        conformances[row.name, default: []].insert(name)
        if types[name] == nil { types[name] = .any(name) }
      }
    }
    self.callables = callables
    self.types = types
    self.members = members
    self.conformances = conformances
  }

  /// The functions and initialisers with this name.
  public func callables(named name: String) -> [Entry] { callables[name] ?? [] }

  /// The host type or protocol with this name, or `nil` if there is none.
  public func type(named name: String) -> CellType? { types[name] }

  /// Whether the host type, or one of Swift's own, conforms to the protocol.
  public func conforms(_ type: String, to protocolName: String) -> Bool {
    conformances[type]?.contains(protocolName) ?? false
  }

  /// Members with this name: the type's own first, then those of its protocols.
  package func members(of type: String, named name: String) -> [Entry] {
    ([type] + (conformances[type] ?? []).sorted()).flatMap { members[$0]?[name] ?? [] }
  }

  /// The names of all members of a type, for spelling suggestions.
  package func memberNames(of type: String) -> [String] {
    ([type] + (conformances[type] ?? []).sorted()).flatMap { (members[$0] ?? [:]).keys.sorted() }
  }

  /// The names of functions, initialisers and types, sorted.
  public var names: [String] { Set(callables.keys).union(types.keys).sorted() }
}
