import Diagnostics

/// Rows that belong together, as `quire describe` lists them.
///
///     Group("layers", "What models are made of", [.initialiser(Conv2d.self, …), …])
public struct Group: Sendable {
  public let name: String
  public let title: String
  public let entries: [Entry]

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

/// Everything that cells can use beyond Swift's own: the checker, the evaluator and `quire describe` read these
/// rows.
///
/// Several rows may share a name; the arguments choose among them, as with Swift's overloads.
public struct Catalogue: Sendable {
  public let groups: [Group]
  /// In the order given.
  public let rows: [Entry]
  private let callables: [String: [Entry]]
  private let types: [String: CellType]
  private let members: [String: [String: [Entry]]]
  private let conformances: [String: Set<String>]

  public init(_ groups: Group...) { self.init(groups) }

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
      // A type that only appears in a signature can be named too.
      for type in row.parameters.map(\.type) + [row.result] {
        if case .named(let name) = type.unwrapped, types[name] == nil { types[name] = type.unwrapped }
        if case .any(let name) = type.unwrapped, types[name] == nil { types[name] = type.unwrapped }
        if case .builder(let name) = type, types[name] == nil { types[name] = .any(name) }
      }
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

  /// Functions and initialisers of the name.
  public func callables(named name: String) -> [Entry] { callables[name] ?? [] }

  /// The host type or protocol of the name.
  public func type(named name: String) -> CellType? { types[name] }

  /// Whether a host type conforms to a protocol.
  public func conforms(_ type: String, to protocolName: String) -> Bool {
    conformances[type]?.contains(protocolName) ?? false
  }

  /// Members of the name: those of the type itself, then those of its protocols.
  package func members(of type: String, named name: String) -> [Entry] {
    ([type] + (conformances[type] ?? []).sorted()).flatMap { members[$0]?[name] ?? [] }
  }

  /// All members of a type, for near misses.
  package func memberNames(of type: String) -> [String] {
    ([type] + (conformances[type] ?? []).sorted()).flatMap { (members[$0] ?? [:]).keys.sorted() }
  }

  /// The names of functions, initialisers and types, sorted.
  public var names: [String] { Set(callables.keys).union(types.keys).sorted() }
}
