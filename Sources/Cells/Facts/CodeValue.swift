import Diagnostics

/// An expression as far as reading tells what it is.
public indirect enum CodeValue: Sendable {
  /// Written out: `10`, `"a"`, `[1, 2]`.
  case literal(Value)
  /// A name that a cell declared at its top level.
  case name(String)
  /// A call of a row of the catalogue or the standard library.
  case call(CodeCall)
  /// What a builder block collects, in order; `nil` where only running it tells.
  case block([CodeValue]?)
  /// Operators, subscripts, collections: a value made of others, without effects of its own.
  case computed([CodeValue])
  /// A local name, a closure, a call of a function made in a cell.
  case other

  init(_ expression: Expression) {
    func computed(_ parts: [Expression]) -> CodeValue { .computed(parts.map { CodeValue($0) }) }
    if let value = expression.constantValue {
      self = .literal(value)
      return
    }
    self =
      switch expression.kind {
      case .variable(.global, let name): .name(name)
      case .callEntry(let entry, let values): .call(CodeCall(entry, values, range: expression.range))
      case .builder(let statements): .block(Self.collected(statements))
      case .wrap(let inside): CodeValue(inside)
      case .element(let inside, _), .unary(_, let inside), .isNil(let inside), .unwrap(let inside):
        computed([inside])
      case .binary(_, let a, let b), .and(let a, let b), .or(let a, let b), .range(let a, let b, _),
        .index(let a, let b):
        computed([a, b])
      case .interpolation(let parts), .array(let parts), .tuple(let parts): computed(parts)
      case .dictionary(let keys, let values): computed(keys + values)
      default: .other
      }
  }

  private static func collected(_ statements: [Statement]) -> [CodeValue]? {
    var values: [CodeValue] = []
    for statement in statements {
      switch statement {
      case .emit(let value): values.append(CodeValue(value))
      case .bind: continue
      default: return nil
      }
    }
    return values
  }

  /// The top-level names that the value is made of.
  public var names: Set<String> {
    switch self {
    case .name(let name): [name]
    case .call(let call):
      call.arguments.reduce(into: call.receiver?.names ?? []) { $0.formUnion($1.value.names) }
    case .block(let values): (values ?? []).reduce(into: []) { $0.formUnion($1.names) }
    case .computed(let values): values.reduce(into: []) { $0.formUnion($1.names) }
    case .literal, .other: []
    }
  }
}

/// A call of a row, with what each parameter gets.
public struct CodeCall: Sendable {
  /// `train`, `Optimizer.adamW`, `Linear`.
  public let name: String
  /// The row's group in the catalogue; empty for Swift's own.
  public let group: String
  /// The call as a whole, as far as its first line goes.
  public let range: SourceRange
  private let parameters: [ParameterInfo]
  private let receiverExpression: Expression?
  private let values: ArraySlice<Expression>
  private let places: [SourceRange?]

  public struct Argument: Sendable {
    /// The parameter's name.
    public let name: String
    /// `nil` where none is written.
    public let label: String?
    let expression: Expression
    /// `nil` where the call leaves the parameter to its default.
    public let range: SourceRange?
    public var value: CodeValue { CodeValue(expression) }
  }

  /// - Parameter places: where each argument stands, receivers left out.
  init(_ entry: Entry, _ values: [Expression], places: [SourceRange?] = [], range: SourceRange) {
    name = entry.qualifiedName
    group = entry.group
    parameters = entry.parameters
    // A member's receiver stands before its arguments.
    receiverExpression = values.count > parameters.count ? values.first : nil
    self.values = values.suffix(parameters.count)
    self.places = places
    self.range = range
  }

  /// The value whose method or property it is.
  public var receiver: CodeValue? { receiverExpression.map { CodeValue($0) } }

  /// In the order of the parameters.
  public var arguments: [Argument] {
    zip(parameters, values).enumerated().map { index, pair in
      Argument(
        name: pair.0.name, label: pair.0.label, expression: pair.1,
        range: places.indices.contains(index) ? places[index] : nil)
    }
  }

  public func argument(_ name: String) -> Argument? { arguments.first { $0.name == name } }
}
