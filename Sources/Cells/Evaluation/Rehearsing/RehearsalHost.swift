import Diagnostics

/// Answers calls of host rows during a rehearsal.
public protocol RehearsalHost: Sendable {
  /// Answers a call without running it.
  ///
  /// - Throws: the error that running the row would throw, given the known arguments; an ``ArgumentFailure`` if one
  ///   of them is the cause.
  func answer(_ call: RehearsedCall) throws -> RehearsalAnswer

  /// Called with rows that might or might not be called, because they are in a part that is not rehearsed.
  func skipped(_ rows: Set<String>)
}

/// The answer to a rehearsed call.
public enum RehearsalAnswer: Sendable {
  /// A known result.
  case known(Value)
  /// The result is not known before the run.
  case unknown
  /// The result of really calling the row; unknown if an argument is unknown.
  case asCalled
}

/// A call of a row: its known arguments and their places.
///
///     guard let epochs = call["epochs", Int.self] else { return .unknown }
public struct RehearsedCall: Sendable {
  /// The row that is called.
  public let row: Entry
  /// The arguments in the row's order, a member's receiver first; `nil` if unknown.
  public let values: [Value?]
  /// The place of the whole call.
  public let range: SourceRange
  let arguments: [Expression]

  /// A parameter's value, by the parameter's name; `nil` if unknown.
  public subscript<T: CellConvertible>(name: String, type: T.Type) -> T? {
    position(of: name).flatMap { values[$0] }.flatMap { T(cellValue: $0) }
  }

  /// The place of a parameter's argument, or of one element of an array literal; the whole call if the argument is
  /// omitted.
  public func place(of name: String, element: Int? = nil) -> SourceRange {
    guard let position = position(of: name), arguments.indices.contains(position) else { return range }
    if let element, case .array(let elements) = arguments[position].kind, elements.indices.contains(element) {
      return elements[element].range
    }
    return arguments[position].range
  }

  private func position(of name: String) -> Int? {
    let receivers = values.count - row.parameters.count
    return row.parameters.firstIndex { $0.name == name }.map { $0 + receivers }
      .flatMap { values.indices.contains($0) ? $0 : nil }
  }
}

/// An error caused by one argument of a call and reported at that argument.
public struct ArgumentFailure: Error, Sendable {
  /// The parameter's name, as its row declares it.
  public var parameter: String
  /// The index of the element at fault, if the argument is an array literal.
  public var element: Int?
  /// The error itself.
  public var underlying: any Error

  /// Creates a failure of a parameter's argument, or of one of its elements.
  public init(_ underlying: any Error, parameter: String, element: Int? = nil) {
    self.parameter = parameter
    self.element = element
    self.underlying = underlying
  }
}
