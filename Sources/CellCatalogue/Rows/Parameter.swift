/// A parameter of a catalogue row: label, type, default and documentation.
public struct ParameterInfo: Sendable {
  /// The argument label; `nil` if the argument is unlabelled.
  public var label: String?
  /// The parameter's name in the declaration.
  public var name: String
  /// The type that arguments are checked against.
  public var type: CellType
  /// The default value; `nil` if the argument is required.
  public var defaultValue: Value?
  /// The default as Swift source, for example `10` or `.adamW()`.
  public var defaultText: String?
  /// A noun phrase that describes the parameter.
  public var doc: String
  /// The unit, for example "pixels"; `nil` for plain numbers.
  public var unit: String?
  /// The range of valid values, enforced at each call.
  public var range: ValueRange?
  /// For builder blocks: the result builder's attribute, without `@`, and the closure's result type.
  package var builder: (attribute: String, result: String)?
  /// Whether the default is computed at each call, as for functions declared in cells.
  package var hasComputedDefault = false

  package init(label: String?, name: String, type: CellType, doc: String = "") {
    self.label = label
    self.name = name
    self.type = type
    self.doc = doc
  }

  /// Whether a function argument may be stored and called later (Swift's `@escaping`).
  package var isEscaping = false

  /// Whether it takes any number of arguments; its type is then an array.
  package var isVariadic = false

  package var hasDefault: Bool { defaultValue != nil || hasComputedDefault }

  /// The parameter in Swift syntax: `on data: Dataset`, `_ model: Model`, `epochs: Int = 10`.
  public var declaration: String {
    let spelled = label == name ? name : "\(label ?? "_") \(name)"
    if let builder { return "@\(builder.attribute) \(spelled): () -> \(builder.result)" }
    if isVariadic, case .array(let element) = type { return "\(spelled): \(element.inDeclaration)..." }
    return "\(spelled): \(type.inDeclaration)" + (defaultText.map { " = \($0)" } ?? "")
  }
}

/// A parameter together with the Swift type that the row's closure receives.
public struct Parameter<T: CellConvertible>: Sendable {
  package var info: ParameterInfo

  /// The parameter's name in the declaration.
  public var name: String { info.name }

  /// The default value. Only parameters declared with a default have one.
  public var `default`: T {
    guard let value = info.defaultValue.flatMap(T.init(cellValue:)) else {
      preconditionFailure("the parameter '\(name)' is declared without a default")
    }
    return value
  }

  /// Finds a value that is out of range.
  ///
  /// - Returns: the range in words, for example "in 1…16", and the number outside it; `nil` if the value is valid.
  package func misfit(in value: T) -> (requirement: String, found: String)? {
    guard let range = info.range, let found = range.misfit(in: value.cellValue) else { return nil }
    return (range.requirement(for: found), "\(found)")
  }
}

/// The label of a parameter's argument.
public enum ArgumentLabel: Sendable, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  /// The parameter's own name.
  case same
  /// No label (Swift's `_`).
  case none
  /// A label that differs from the parameter's name.
  case named(String)

  /// Creates a label from a string literal.
  public init(stringLiteral value: String) { self = .named(value) }
  /// Creates an empty label from `nil`.
  public init(nilLiteral: ()) { self = .none }

  package func text(for name: String) -> String? {
    switch self {
    case .same: name
    case .none: nil
    case .named(let label): label
    }
  }
}

/// A required parameter.
///
///     p("data", label: "on", Dataset.self, "what to learn from")
public func p<T: CellConvertible>(
  _ name: String, label: ArgumentLabel = .same, _ type: T.Type, _ doc: String = "", unit: String? = nil,
  range: ValueRange? = nil
) -> Parameter<T> {
  var info = ParameterInfo(label: label.text(for: name), name: name, type: T.cellType, doc: doc)
  info.unit = unit
  info.range = range
  return Parameter(info: info)
}

/// A parameter with a default. `defaultText` is needed only if the default cannot be written as a literal.
///
///     p("epochs", Int.self, default: 10, "passes over the data", range: .in(1...))
///     p("optimizer", Optimizer.self, default: .adamW(), defaultText: ".adamW()", "how weights change")
public func p<T: CellConvertible>(
  _ name: String, label: ArgumentLabel = .same, _ type: T.Type, default value: T, defaultText: String? = nil,
  _ doc: String = "", unit: String? = nil, range: ValueRange? = nil
) -> Parameter<T> {
  var parameter = p(name, label: label, type, doc, unit: unit, range: range)
  parameter.info.defaultValue = value.cellValue
  parameter.info.defaultText = defaultText ?? value.cellValue.sourceText ?? value.cellValue.description
  return parameter
}

/// A trailing block that collects values conforming to a protocol: `@LayerBuilder _ layers: () -> [LayerElement]`.
///
///     builder("layers", of: "Layer", by: "LayerBuilder", returning: "[LayerElement]", "the layers, in order")
public func builder(
  _ name: String, of elementProtocol: String, by builder: String, returning result: String? = nil,
  label: ArgumentLabel = .none, _ doc: String = ""
) -> Parameter<BuilderContent> {
  var info = ParameterInfo(
    label: label.text(for: name), name: name, type: .builder(elementProtocol), doc: doc)
  info.builder = (builder, result ?? "[any \(elementProtocol)]")
  return Parameter(info: info)
}
