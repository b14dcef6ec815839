import CellCatalogue
import Neural

extension Step {
  /// The argument that caused an error of some type.
  package struct Cause: Sendable {
    let failure: @Sendable (any Error) -> ArgumentFailure?

    /// Creates a cause.
    ///
    /// - Parameters:
    ///   - isCause: whether an error of the type is about the argument.
    ///   - element: the index of the element at fault, if the argument is an array.
    package static func argument<T, E: Error>(
      _ parameter: Parameter<T>, _: E.Type, where isCause: @escaping @Sendable (E) -> Bool = { _ in true },
      element: @escaping @Sendable (E) -> Int? = { _ in nil }
    ) -> Cause {
      let name = parameter.name
      return Cause { error in
        guard let error = error as? E, isCause(error) else { return nil }
        return ArgumentFailure(error, parameter: name, element: element(error))
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
