import CellCatalogue
import Neural

extension Step {
  /// The argument that caused an error of some type.
  package struct Cause: Sendable {
    let failure: @Sendable (any Error) -> ArgumentFailure?

    /// Creates a cause.
    ///
    /// - Parameter element: the index of the element at fault, if the argument is an array.
    package static func argument<T, E: Error>(
      _ parameter: Parameter<T>, _: E.Type, element: @escaping @Sendable (E) -> Int? = { _ in nil }
    ) -> Cause {
      let name = parameter.name
      return Cause { error in
        (error as? E).map { ArgumentFailure($0, parameter: name, element: element($0)) }
      }
    }

    /// An error that names the argument itself.
    static func named(_ error: any Error, in row: Entry) -> ArgumentFailure? {
      guard let error = error as? TrainingError, case .value(let name, _, _) = error.fact else { return nil }
      let parameter = row.parameters.first { $0.name == name || $0.label == name }
      return parameter.map { ArgumentFailure(error, parameter: $0.name) }
    }
  }
}
