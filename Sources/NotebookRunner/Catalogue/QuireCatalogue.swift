import Cells
import Neural
import Steps

extension Catalogue {
  /// Everything that a notebook's cells can name: rows for the public API of Steps and Neural.
  ///
  /// To add a layer, step or plot, add one row in the group's file.
  static func quire(_ run: Run) -> Catalogue {
    var catalogue = Catalogue(
      steps(run), layers, data, augmentations, optimizers, schedules, losses, classWeights, precisions,
      initialisations, evaluations, plots, values,
      formatting)
    catalogue.foreignNames = .quire.resolved(
      with: catalogue.rows, endings: ["Loss": "Loss", "Schedule": "LR"])
    return catalogue
  }
}
