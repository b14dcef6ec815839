import Cells
import Neural
import Steps

extension Catalogue {
  /// Everything a notebook's cells can name: rows over the public API of Steps and Neural.
  ///
  /// A new layer, step or plot is one row here, in the group's file.
  static func quire(_ run: Run) -> Catalogue {
    Catalogue(
      steps(run), layers, data, augmentations, optimizers, schedules, losses, precisions, plots, values,
      formatting)
  }
}
