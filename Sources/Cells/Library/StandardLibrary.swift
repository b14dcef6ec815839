/// The part of Swift's standard library (and Foundation's mathematics) that cells can use, as rows with generic
/// parameters.
enum StandardLibrary {
  /// Functions and initialisers.
  static let functions: [Entry] =
    Mathematics.functions + Sequences.functions + Initialisers.functions + Dictionaries.functions
    + Failures.functions
  /// Methods and properties.
  static let members: [Entry] =
    Sets.members + Ranges.members + Sequences.members + Arrays.members + Splitting.members
    + Dictionaries.members + Strings.members + Mathematics.members
  static let statics: [Entry] = Mathematics.statics + Strings.statics

  private static let functionsByName = Dictionary(grouping: functions, by: \.name)
  private static let membersByName = Dictionary(grouping: members, by: \.name)
  private static let mutatingNames = Set(members.filter(\.traits.isMutating).map(\.name))

  /// The entry for `print`; its arguments are checked separately.
  static let print = Entry(.function, "print", result: .void, doc: "Prints values.") { _ in .void }

  static let names: [String] = (functionsByName.keys + ["print"]).sorted()
  static let memberNames: [String] = membersByName.keys.sorted()

  static func functions(named name: String) -> [Entry] { functionsByName[name] ?? [] }
  static func members(named name: String) -> [Entry] { membersByName[name] ?? [] }
  static func isMutating(_ name: String) -> Bool { mutatingNames.contains(name) }
  static func hasFunction(_ name: String) -> Bool {
    name == "print" || functions(named: name).contains { $0.kind == .function }
  }

  static func staticMembers(of type: CellType, named name: String) -> [Entry] {
    statics.filter { $0.name == name && $0.owner == type }
  }
  static func staticNames(of type: CellType) -> [String] { statics.filter { $0.owner == type }.map(\.name) }

  static let unsupportedFunctions: [String: Unsupported] = {
    var out: [String: Unsupported] = [:]
    for name in ["assert", "assertionFailure", "exit", "abort"] {
      out[name] = Unsupported("'\(name)'", plural: false, instead: "use 'precondition' or 'fatalError'")
    }
    for (name, way) in [
      "debugPrint": "use 'print'", "dump": "use 'print'",
      "readLine": "a parameter of the notebook takes its place",
      "sequence": "use 'while'", "repeatElement": "write Array(repeating: x, count: n)",
      "sleep": "not needed",
      "usleep": "not needed", "NSLog": "use 'print'", "numericCast": "convert with Int(x)",
      "hypot": "use 'sqrt'",
      "fabs": "use 'abs'", "fmod": "use 'truncatingRemainder(dividingBy:)'", "fmax": "use 'max'",
      "fmin": "use 'min'",
      "cbrt": "use 'pow'", "trunc": "write x.rounded(.towardZero)", "lround": "write Int(x.rounded())",
      "isKnownUniquelyReferenced": "not needed: values are copied",
      "arc4random": "runs must be reproducible; Quire derives all random numbers from the seed",
      "drand48": "runs must be reproducible; Quire derives all random numbers from the seed",
    ] { out[name] = Unsupported("'\(name)'", plural: false, instead: way) }
    for (name, way) in [
      "Character": "use 'String'", "Date": "use 'String'", "URL": "use 'String'", "Decimal": "use 'Double'",
      "Float16": "use 'Float'", "Float80": "use 'Double'",
    ] { out[name] = .type(name, instead: way) }
    for name in ["Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64"] {
      out[name] = .type(name, instead: "use 'Int'")
    }
    for name in ["type", "withUnsafePointer", "unsafeBitCast"] {
      out[name] = Unsupported("'\(name)'", plural: false)
    }
    return out
  }()
}

/// A call's arguments, converted to the types that the checker has verified.
struct Values {
  let list: [Value]

  func value(_ index: Int) throws -> Value {
    guard list.indices.contains(index) else { throw LibraryFailure("an argument is missing") }
    return list[index]
  }
  func get<T: CellConvertible>(_ index: Int, _ type: T.Type = T.self) throws -> T {
    guard let typed = T(cellValue: try value(index)) else {
      throw HostMismatch(what: "argument \(index)", expected: T.cellType)
    }
    return typed
  }
  func function(_ index: Int) throws -> Closure {
    guard case .function(let closure) = try value(index) else {
      throw HostMismatch(what: "argument \(index)", expected: .function([], returns: .anything))
    }
    return closure
  }
  /// The elements of any sequence.
  func elements(_ index: Int) throws -> [Value] { try value(index).elements() }

  /// The result of a predicate.
  func test(_ closure: Closure, _ arguments: Value...) throws -> Bool {
    guard case .bool(let answer) = try closure(arguments) else {
      throw HostMismatch(what: "the closure's result", expected: .bool)
    }
    return answer
  }
}

extension Entry {
  /// Creates a standard-library row.
  static func library(
    _ kind: Kind, _ name: String, on owner: CellType? = nil, _ parameters: [ParameterInfo] = [],
    returns result: CellType, where requirements: [String: Constraint] = [:],
    _ call: @escaping @Sendable (Values) throws -> Value
  ) -> Entry {
    var entry = Entry(kind, name, owner: owner, parameters: parameters, result: result, doc: "") {
      try call(Values(list: $0))
    }
    entry.traits.requirements = requirements
    return entry
  }

  /// Creates a row for a method that changes its receiver.
  static func mutating(
    _ name: String, on owner: CellType, _ parameters: [ParameterInfo] = [], returns result: CellType = .void,
    where requirements: [String: Constraint] = [:],
    _ mutate: @escaping @Sendable (inout Value, Values) throws -> Value
  ) -> Entry {
    var entry = library(.method, name, on: owner, parameters, returns: result, where: requirements) { _ in
      .void
    }
    entry.traits.change = { try mutate(&$0, Values(list: $1)) }
    return entry
  }
}

extension ParameterInfo {
  /// An unlabelled parameter.
  static func plain(_ name: String, _ type: CellType) -> ParameterInfo {
    ParameterInfo(label: nil, name: name, type: type)
  }
  /// A labelled parameter.
  static func labelled(_ label: String, _ type: CellType, default value: Value? = nil) -> ParameterInfo {
    var info = ParameterInfo(label: label, name: label, type: type)
    info.defaultValue = value
    info.defaultText = value?.sourceText
    return info
  }
}

/// The generic parameters that standard-library rows use.
extension CellType {
  static let t = CellType.variable("T")
  static let u = CellType.variable("U")
  static let k = CellType.variable("K")
  static let v = CellType.variable("V")
  static let anySequence = CellType.sequence("", .t)
  static func predicate(_ type: CellType) -> CellType { .function([type], returns: .bool) }
}
