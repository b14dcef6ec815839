import Diagnostics

/// A static approximation of an expression.
public indirect enum CodeValue: Sendable {
  /// A literal: `10`, `"a"`, `[1, 2]`.
  case literal(Value)
  /// A name declared at the top level of a cell.
  case name(String)
  /// A call of a catalogue or standard-library row.
  case call(CodeCall)
  /// The elements of a builder block, in order; `nil` if only running it can tell.
  case block([CodeValue]?)
  /// A value without side effects, computed from others by operators, subscripts or collection literals.
  case computed([CodeValue])
  /// Anything else: a local name, a closure, a call of a cell's own function.
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

  /// The top-level names that the value depends on.
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

/// A call of a row, with its arguments.
public struct CodeCall: Sendable {
  /// The row's name, qualified for members: `train`, `Optimizer.adamW`, `Linear`.
  public let name: String
  /// The row's group in the catalogue; empty for the standard library.
  public let group: String
  /// The call's place; a call that spans several lines ends with its first line.
  public let range: SourceRange
  private let parameters: [ParameterInfo]
  private let receiverExpression: Expression?
  private let values: ArraySlice<Expression>
  private let places: [SourceRange?]

  /// An argument of a call.
  public struct Argument: Sendable {
    /// The parameter's name.
    public let name: String
    /// The argument label; `nil` if the argument is unlabelled.
    public let label: String?
    let expression: Expression
    /// The valid values, as `quire describe` prints them; `nil` if there is no limit.
    public let validValues: String?
    /// The argument's place; `nil` if the call omits it.
    public let range: SourceRange?
    /// The argument's expression.
    public var value: CodeValue { CodeValue(expression) }
  }

  /// - Parameter places: the places of the arguments, without the receiver.
  init(_ entry: Entry, _ values: [Expression], places: [SourceRange?] = [], range: SourceRange) {
    name = entry.qualifiedName
    group = entry.group
    parameters = entry.parameters
    // A member's receiver comes before its arguments.
    receiverExpression = values.count > parameters.count ? values.first : nil
    self.values = values.suffix(parameters.count)
    self.places = places
    self.range = range
  }

  /// The receiver, if the row is a method or property.
  public var receiver: CodeValue? { receiverExpression.map { CodeValue($0) } }

  /// The arguments, in the order of the parameters.
  public var arguments: [Argument] {
    zip(parameters, values).enumerated().map { index, pair in
      Argument(
        name: pair.0.name, label: pair.0.label, expression: pair.1,
        validValues: pair.0.range?.description,
        range: places.indices.contains(index) ? places[index] : nil)
    }
  }

  /// The argument of the parameter with this name.
  public func argument(_ name: String) -> Argument? { arguments.first { $0.name == name } }
}
