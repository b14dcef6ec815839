import Diagnostics

/// Answers for the host's rows while cells are rehearsed.
public protocol RehearsalHost: Sendable {
  /// - Throws: what running the row would throw for what is known of its arguments; an ``ArgumentFailure`` where one
  ///   of them is the cause.
  func answer(_ call: RehearsedCall) throws -> RehearsalAnswer

  /// Rows that may or may not be called: they stand in a part that is not rehearsed.
  func skipped(_ rows: Set<String>)
}

/// What a row gives in a rehearsal.
public enum RehearsalAnswer: Sendable {
  case known(Value)
  /// Not known before the run.
  case unknown
  /// What calling it gives; unknown where an argument is.
  case asCalled
}

/// The place of an argument in a cell.
package struct ArgumentPlace: Sendable {
  let range: SourceRange
  /// The places of an array's elements, where the argument is an array literal.
  let elements: [SourceRange]

  package init(range: SourceRange, elements: [SourceRange]) {
    self.range = range
    self.elements = elements
  }
}

/// A call of a row: what is known of its arguments, and where they stand.
///
///     guard let epochs = call[TrainStep.epochs] else { return .unknown }
public struct RehearsedCall: Sendable {
  public let row: Entry
  /// In the row's order, a member's receiver first; `nil` for those that are not known.
  public let values: [Value?]
  /// The whole call.
  public let range: SourceRange
  private let places: [ArgumentPlace]

  package init(row: Entry, values: [Value?], range: SourceRange, places: [ArgumentPlace]) {
    self.row = row
    self.values = values
    self.range = range
    self.places = places
  }

  /// The value of a parameter; `nil` where it is not known.
  public subscript<T: CellConvertible>(parameter: Parameter<T>) -> T? { self[parameter, as: T.self] }

  /// The value of a parameter as another type than it has in a run; `nil` where it is not known.
  public subscript<T, U: CellConvertible>(parameter: Parameter<T>, as type: U.Type) -> U? {
    position(of: parameter.name).flatMap { values[$0] }.flatMap { U(cellValue: $0) }
  }

  /// Where a parameter's argument stands, or one of the elements of an array that is written out; the whole call
  /// where it is left to its default.
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

/// A failure of a row whose cause is one of its arguments, to be shown there.
public struct ArgumentFailure: Error, Sendable {
  /// The parameter's name, as its row declares it.
  public var parameter: String
  /// Which element, where the argument is an array that is written out.
  public var element: Int?
  public var underlying: any Error

  public init(_ underlying: any Error, parameter: String, element: Int? = nil) {
    self.parameter = parameter
    self.element = element
    self.underlying = underlying
  }
}
