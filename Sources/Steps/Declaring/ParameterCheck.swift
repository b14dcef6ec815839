import CellCatalogue
import Neural

extension Parameter {
  /// Holds an argument to the parameter's range. Cells are held to it before the step is called; Swift programs here.
  ///
  /// - Throws: ``TrainingError`` that names the parameter, its range and the value.
  func check(_ value: T) throws {
    guard let misfit = misfit(in: value) else { return }
    throw TrainingError(.value(name: name, expected: misfit.requirement, found: misfit.found))
  }
}
