/// A protocol of the standard library that a generic parameter must conform to.
enum Constraint: String, Sendable {
  case equatable = "Equatable"
  case hashable = "Hashable"
  case comparable = "Comparable"
  case numeric = "Numeric"
  case floatingPoint = "FloatingPoint"
}
