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
  /// An error, which is reported; the rehearsal continues with the value.
  case failed(any Error, meant: Value)
  /// The result of really calling the row; unknown if an argument is unknown.
  case asCalled
}

/// The place of an argument in a cell.
package struct ArgumentPlace: Sendable {
  let range: SourceRange
  /// The places of an array's elements, if the argument is an array literal.
  let elements: [SourceRange]

  package init(range: SourceRange, elements: [SourceRange]) {
    self.range = range
    self.elements = elements
  }
}

/// A call of a row: its known arguments and their places.
///
///     guard let epochs = call[TrainStep.epochs] else { return .unknown }
public struct RehearsedCall: Sendable {
  /// The row that is called.
  public let row: Entry
  /// The arguments in the row's order, a member's receiver first; `nil` if unknown.
  public let values: [Value?]
  /// The place of the whole call.
  public let range: SourceRange
  /// All arguments, with those that are out of their ranges; `nil` if one of them is unknown.
  package let meant: [Value]?
  private let places: [ArgumentPlace]

  /// Creates a call.
  ///
  /// - Parameter misfits: the indices of arguments whose fault has been reported; their values are unknown.
  package init(
    row: Entry, values: [Value?], misfits: Set<Int> = [], range: SourceRange, places: [ArgumentPlace]
  ) {
    self.row = row
    self.values = values.enumerated().map { misfits.contains($0.offset) ? nil : $0.element }
    let known = values.compactMap(\.self)
    meant = known.count == values.count ? known : nil
    self.range = range
    self.places = places
  }

  /// Whether an argument is a builder block with a placeholder among its values.
  package var hasGaps: Bool { meant?.contains(where: \.hasGaps) ?? false }

  /// The value of a parameter; `nil` if it is unknown.
  public subscript<T: CellConvertible>(parameter: Parameter<T>) -> T? { self[parameter, as: T.self] }

  /// The value of a parameter as another type than it has in a run; `nil` if it is unknown.
  public subscript<T, U: CellConvertible>(parameter: Parameter<T>, as type: U.Type) -> U? {
    position(of: parameter.name).flatMap { values[$0] }.flatMap { U(cellValue: $0) }
  }

  /// The place of a parameter's argument, or of one element of an array literal; the whole call if the argument is
  /// omitted.
  public func place(of name: String, element: Int? = nil) -> SourceRange {
    guard let position = position(of: name), places.indices.contains(position) else { return range }
    if let element, places[position].elements.indices.contains(element) {
      return places[position].elements[element]
    }
    return places[position].range
  }

  private func position(of name: String) -> Int? {
    let receivers = values.count - row.parameters.count
    return row.parameters.firstIndex { $0.name == name }.map { $0 + receivers }
      .flatMap { values.indices.contains($0) ? $0 : nil }
  }
}

/// Several independent errors of one call. Each is reported.
public struct RehearsalFailures: Error {
  /// The errors, in source order.
  public let errors: [any Error]
  /// The result that the call was meant to have, with which the rehearsal continues; `nil` if it is unknown.
  public let meant: Value?

  /// Creates the collection.
  public init(_ errors: [any Error], meant: Value? = nil) {
    self.errors = errors
    self.meant = meant
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
