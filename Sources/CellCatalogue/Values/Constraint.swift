/// A standard-library protocol that a generic parameter must conform to.
package enum Constraint: String, Sendable {
  case equatable = "Equatable"
  case hashable = "Hashable"
  case comparable = "Comparable"
  case numeric = "Numeric"
  case floatingPoint = "FloatingPoint"

  /// Whether the type conforms; always true for an invalid type, which has already been reported.
  package func holds(for type: CellType) -> Bool {
    switch type {
    case .invalid, .variable: true
    case .int, .integerLiteral: self != .floatingPoint
    case .double, .float, .floatLiteral: true
    case .bool: self == .equatable || self == .hashable
    case .string, .substring: self == .equatable || self == .hashable || self == .comparable
    case .array(let element), .optional(let element), .set(let element):
      (self == .equatable || self == .hashable) && holds(for: element)
    case .range(let bound), .closedRange(let bound):
      (self == .equatable || self == .hashable) && holds(for: bound)
    case .dictionary(let key, let value):
      (self == .equatable || self == .hashable) && holds(for: key) && holds(for: value)
    case .structure(let type):
      switch self {
      case .equatable: type.isEquatable
      case .hashable: type.isHashable
      case .comparable: type.isComparable
      default: false
      }
    default: false
    }
  }
}
