import struct Diagnostics.SourceLocation

/// A struct that a cell declared.
struct Structure: Sendable {
  struct Property: Sendable {
    var name: String
    /// `nil` until the declaration is reached, where neither a type nor a plain literal tells.
    var type: CellType?
    var isMutable: Bool
    /// What it has where the initialiser is given nothing; computed at each call.
    var defaultExpression: Expression?
    var defaultText: String?
  }

  /// A computed property or a method: a function of the top level, with the value as its first argument.
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
    /// `static let`: a variable of the top level.
    case constant(global: Int, CellType?)

    var isStatic: Bool {
      switch self {
      case .stored, .computed: false
      case .method(let method): method.isStatic
      case .constant: true
      }
    }
  }

  var type: StructureType
  var location: SourceLocation
  /// The first number of the cell's globals: structs with smaller ones belong to earlier cells.
  var firstGlobal: Int
  /// The stored ones, in order.
  var properties: [Property] = []
  var members: [String: Member] = [:]
  /// The checker has passed the declaration.
  var isDeclared = false

  var name: String { type.name }

  /// What the memberwise initialiser takes: all but constants that have their value already.
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
