import struct Diagnostics.SourceLocation

/// A struct declared by a cell.
struct Structure: Sendable {
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
  /// The number of the cell's first global: structs with smaller numbers belong to earlier cells.
  var firstGlobal: Int
  /// The stored properties, in order.
  var properties: [Property] = []
  var members: [String: Member] = [:]
  /// Whether the checker has passed the declaration.
  var isDeclared = false

  var name: String { type.name }

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
