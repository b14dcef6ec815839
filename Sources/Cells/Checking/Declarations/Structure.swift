import struct Diagnostics.SourceLocation

/// A struct or enum declared by a cell.
struct Structure: Sendable {
  enum Kind: Sendable { case structure, enumeration }

  /// A case of an enum.
  struct Case: Sendable {
    var name: String
    var index: Int
    /// The associated values, with their labels.
    var payload: [TupleElement] = []
    /// The default of each associated value, or `nil`.
    var defaults: [Expression?] = []
    var raw: Value?
  }

  /// An extension in a cell other than the type's own; a name of that cell.
  struct Extension: Sendable {
    var name: String
    /// As ``Structure/firstGlobal``.
    var firstGlobal: Int
  }

  struct Property: Sendable {
    var name: String
    /// `nil` until the declaration is reached, unless it has a type annotation or a plain literal.
    var type: CellType?
    var isMutable: Bool
    /// The initial value, evaluated at each call of the initialiser that omits the property.
    var defaultExpression: Expression?
    var defaultText: String?
  }

  /// A computed property or a method: a top-level function whose first argument is the value.
  struct Method: Sendable {
    var function: UserFunction
    var global: Int
    var isStatic = false
    var isMutating = false
  }

  enum Member: Sendable {
    case stored(Int)
    case computed(Method)
    case method(Method)
    /// A `static let`: a top-level variable.
    case constant(global: Int, CellType?)
    /// A case of an enum.
    case enumerationCase(Int)
    /// `rawValue` of an enum that has a raw type.
    case raw
    /// `allCases` of an enum that is CaseIterable.
    case allCases

    var isStatic: Bool {
      switch self {
      case .stored, .raw: false
      case .computed(let method), .method(let method): method.isStatic
      case .constant, .enumerationCase, .allCases: true
      }
    }
  }

  var type: StructureType
  var location: SourceLocation
  /// The number of the cell's first global: structs with smaller numbers belong to earlier cells.
  var firstGlobal: Int
  /// The stored properties, in order.
  var properties: [Property] = []
  var members: [String: Member] = [:]
  var kind = Kind.structure
  /// The cases of an enum, in order.
  var cases: [Case] = []
  /// The type of an enum's raw values.
  var rawType: CellType?
  var isCaseIterable = false
  /// Custom initialisers.
  var initialisers: [Method] = []
  /// Whether the declaration itself has an initialiser; there is then no memberwise one.
  var lacksMemberwise = false
  /// Extensions in other cells.
  var extensions: [Extension] = []
  /// Whether the checker has passed the declaration.
  var isDeclared = false
  /// The members that only code of the type can use.
  var privateMembers: Set<String> = []
  /// The properties that only code of the type can set.
  var privateSetters: Set<String> = []

  var name: String { type.name }
  var isEnumeration: Bool { kind == .enumeration }

  func enumerationCase(named name: String) -> Case? {
    if case .enumerationCase(let index)? = members[name] { cases[index] } else { nil }
  }

  /// The memberwise initialiser's parameters: all stored properties except constants with an initial value.
  var parameters: [(index: Int, info: ParameterInfo, computedDefault: Expression?)] {
    properties.enumerated().compactMap { index, property in
      if !property.isMutable, property.defaultExpression != nil { return nil }
      var info = ParameterInfo(label: property.name, name: property.name, type: property.type ?? .invalid)
      info.hasComputedDefault = property.defaultExpression != nil
      info.defaultText = property.defaultText
      return (index, info, property.defaultExpression)
    }
  }

  var signature: String {
    "\(name)(\(parameters.map(\.info.declaration).joined(separator: ", ")))"
  }
}
