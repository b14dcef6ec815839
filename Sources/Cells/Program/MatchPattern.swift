import Diagnostics

/// A pattern of `case`.
indirect enum MatchPattern: Sendable {
  /// `_`
  case anything
  /// `let x`
  case bind(Reference)
  case tuple([MatchPattern])
  /// `x?`
  case present(MatchPattern)
  /// `nil`
  case absent
  /// A case of an enum; `nil` for the associated values if they do not matter.
  case enumeration(index: Int, [MatchPattern]?)
  /// An expression that must be equal.
  case equal(Expression)
  /// A range that must contain the value.
  case within(Expression)
  /// A pattern with a reported error.
  case faulty(SourceRange)
}

/// A `case` or `default` of a `switch`.
struct SwitchCase: Sendable {
  struct Item: Sendable {
    var pattern: MatchPattern
    /// The condition after `where`.
    var filter: Expression?
  }

  /// The alternatives, of which one must match.
  var items: [Item]
  var body: [Statement]
  /// Whether the body ends with `fallthrough`.
  var fallsThrough = false
}

extension MatchPattern {
  /// The variables that the pattern binds.
  var references: [Reference] {
    switch self {
    case .bind(let reference): [reference]
    case .tuple(let parts), .enumeration(_, let parts?): parts.flatMap(\.references)
    case .present(let inner): inner.references
    case .anything, .absent, .enumeration, .equal, .within, .faulty: []
    }
  }

  /// The expressions in the pattern, in order.
  var expressions: [Expression] {
    switch self {
    case .equal(let value), .within(let value): [value]
    case .tuple(let parts), .enumeration(_, let parts?): parts.flatMap(\.expressions)
    case .present(let inner): inner.expressions
    case .anything, .absent, .enumeration, .bind, .faulty: []
    }
  }
}
