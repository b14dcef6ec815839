/// A cell's closure as a parameter of a host function: `(Int) -> Double` is `Callback<Double, Int>`.
///
///     .staticMember("custom", of: Schedule.self, "A schedule of one's own.",
///       p("factor", label: nil, Callback<Double, Int>.self)) { factor in
///         Schedule.custom { step in try factor(step) } }
///
/// It may be called from any thread. The result is the first generic argument because a parameter pack must come
/// last; `NoValue` means `Void`.
public struct Callback<Result: CellConvertible, each Argument: CellConvertible>: CellConvertible {
  private let closure: Closure

  public static var cellType: CellType {
    var arguments: [CellType] = []
    repeat arguments.append((each Argument).cellType)
    return .function(arguments, returns: Result.cellType)
  }
  public init?(cellValue: Value) {
    guard case .function(let closure) = cellValue else { return nil }
    self.closure = closure
  }
  public var cellValue: Value { .function(closure) }

  /// Calls the closure.
  ///
  /// - Throws: ``CellFailure``, located in the cell, if the closure fails.
  @discardableResult
  public func callAsFunction(_ argument: repeat each Argument) throws -> Result {
    var arguments: [Value] = []
    repeat arguments.append((each argument).cellValue)
    let value = try closure(arguments)
    guard let result = Result(cellValue: value) else {
      throw HostMismatch(what: "the closure's result", expected: Result.cellType)
    }
    return result
  }
}

/// The error for a value whose type differs from the row's declaration: a bug in the catalogue.
public struct HostMismatch: Error, CustomStringConvertible {
  package let what: String
  package let expected: CellType

  package init(what: String, expected: CellType) {
    self.what = what
    self.expected = expected
  }

  public var description: String {
    "\(what) is not of the declared type '\(expected)'; the catalogue's row is wrong"
  }
}
