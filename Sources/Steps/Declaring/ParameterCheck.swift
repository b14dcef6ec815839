import CellCatalogue
import Neural

extension Parameter {
  /// Checks that an argument is in the parameter's range. The checker does this for cells; this is for Swift
  /// programs.
  ///
  /// - Throws: ``TrainingError`` with the parameter, its range and the value.
  func check(_ value: T) throws {
    guard let misfit = misfit(in: value) else { return }
    throw TrainingError(.value(name: name, expected: misfit.requirement, found: misfit.found))
  }
}
