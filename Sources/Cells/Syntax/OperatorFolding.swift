internal import SwiftSyntax

/// A sequence of operands and operators, grouped by Swift's precedence.
indirect enum Folded {
  case operand(ExprSyntax)
  case binary(Folded, BinaryOperatorExprSyntax, Folded)
  case ternary(Folded, ExprSyntax, Folded)
  case assignment(Folded, AssignmentExprSyntax, Folded)
  case cast(Folded, TypeSyntax)
  /// `is`, `as?`, `as!`, `->` and other operators that cells do not support.
  case unsupported(Syntax)

  /// The first syntax node of the expression.
  var first: Syntax {
    switch self {
    case .operand(let node): Syntax(node)
    case .binary(let left, _, _), .ternary(let left, _, _), .assignment(let left, _, _), .cast(let left, _):
      left.first
    case .unsupported(let node): node
    }
  }
  var last: Syntax {
    switch self {
    case .operand(let node): Syntax(node)
    case .binary(_, _, let right), .ternary(_, _, let right), .assignment(_, _, let right): right.last
    case .cast(_, let type): Syntax(type)
    case .unsupported(let node): node
    }
  }
}

/// Groups a flat sequence by the precedence and associativity of Swift's standard operators.
///
/// The syntax tree is not changed, so that every node keeps its place in the text. (SwiftOperators would create a
/// new tree whose nodes start at 0.)
struct OperatorFolding {
  enum Fault: Error {
    case unknownOperator(BinaryOperatorExprSyntax)
    /// Two comparisons in a row: `a < b < c`.
    case nonAssociative(Syntax, group: String)
    case tooLong(Syntax)
    case unsupported(Syntax)
  }

  struct Precedence {
    enum Associativity { case left, right, none }
    var rank: Int
    var associativity: Associativity
    var group: String
  }

  static let maximumLength = 300

  private let elements: [ExprSyntax]
  private var position = 0

  static func fold(_ sequence: SequenceExprSyntax) throws(Fault) -> Folded {
    var folding = OperatorFolding(elements: Array(sequence.elements))
    if folding.elements.count > maximumLength { throw .tooLong(Syntax(sequence)) }
    return try folding.expression(above: 0)
  }

  private init(elements: [ExprSyntax]) { self.elements = elements }

  private var next: ExprSyntax? { position < elements.count ? elements[position] : nil }

  private mutating func expression(above minimum: Int) throws(Fault) -> Folded {
    guard let first = next else { throw .unsupported(Syntax(elements[max(0, elements.count - 1)])) }
    position += 1
    var left = Folded.operand(first)
    var previous: Precedence?
    while let node = next {
      let precedence = try Self.precedence(of: node)
      if precedence.rank < minimum { break }
      if let previous, previous.rank == precedence.rank, precedence.associativity == .none {
        throw .nonAssociative(Syntax(node), group: precedence.group)
      }
      previous = precedence
      position += 1
      if let cast = node.as(UnresolvedAsExprSyntax.self) {
        guard cast.questionOrExclamationMark == nil, let type = next?.as(TypeExprSyntax.self) else {
          throw .unsupported(Syntax(node))
        }
        position += 1
        left = .cast(left, type.type)
        continue
      }
      let right = try expression(
        above: precedence.associativity == .right ? precedence.rank : precedence.rank + 1)
      if let ternary = node.as(UnresolvedTernaryExprSyntax.self) {
        left = .ternary(left, ternary.thenExpression, right)
      } else if let assignment = node.as(AssignmentExprSyntax.self) {
        left = .assignment(left, assignment, right)
      } else if let binary = node.as(BinaryOperatorExprSyntax.self) {
        left = .binary(left, binary, right)
      } else {
        throw .unsupported(Syntax(node))
      }
    }
    return left
  }

  private static func precedence(of node: ExprSyntax) throws(Fault) -> Precedence {
    if node.is(UnresolvedTernaryExprSyntax.self) { return ternary }
    if node.is(AssignmentExprSyntax.self) { return assignment }
    if node.is(UnresolvedAsExprSyntax.self) { return casting }
    guard let binary = node.as(BinaryOperatorExprSyntax.self) else { throw .unsupported(Syntax(node)) }
    guard let found = table[binary.operator.text] else { throw .unknownOperator(binary) }
    return found
  }

  static let assignment = Precedence(rank: 1, associativity: .right, group: "AssignmentPrecedence")
  static let ternary = Precedence(rank: 2, associativity: .right, group: "TernaryPrecedence")
  static let casting = Precedence(rank: 7, associativity: .none, group: "CastingPrecedence")

  private static let table: [String: Precedence] = {
    let groups: [(Precedence, [String])] = [
      (assignment, ["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="]),
      (Precedence(rank: 3, associativity: .left, group: "LogicalDisjunctionPrecedence"), ["||"]),
      (Precedence(rank: 4, associativity: .left, group: "LogicalConjunctionPrecedence"), ["&&"]),
      (
        Precedence(rank: 5, associativity: .none, group: "ComparisonPrecedence"),
        ["<", "<=", ">", ">=", "==", "!=", "===", "!==", "~="]
      ),
      (Precedence(rank: 6, associativity: .right, group: "NilCoalescingPrecedence"), ["??"]),
      (Precedence(rank: 8, associativity: .none, group: "RangeFormationPrecedence"), ["..<", "..."]),
      (
        Precedence(rank: 9, associativity: .left, group: "AdditionPrecedence"),
        ["+", "-", "|", "^", "&+", "&-"]
      ),
      (
        Precedence(rank: 10, associativity: .left, group: "MultiplicationPrecedence"),
        ["*", "/", "%", "&", "&*"]
      ),
      (
        Precedence(rank: 11, associativity: .none, group: "BitwiseShiftPrecedence"),
        ["<<", ">>", "&<<", "&>>"]
      ),
    ]
    return Dictionary(uniqueKeysWithValues: groups.flatMap { group, names in names.map { ($0, group) } })
  }()
}
