import Cells
import Neural
import Steps

extension Catalogue {
  /// Everything that a notebook's cells can name: rows for the public API of Steps and Neural.
  ///
  /// To add a layer, step or plot, add one row in the group's file.
  static func quire(_ run: Run) -> Catalogue {
    Catalogue(
      steps(run), layers, data, augmentations, optimizers, schedules, losses, precisions, plots(run), values,
      formatting)
  }
}

extension Neural.Model: HostValue {}
extension Neural.ImageData: HostValue {}
extension Neural.DataSource: HostValue {}
extension Neural.Augmentation: HostValue {}
extension Neural.Augmentation.FillValue: HostValue { public static var cellTypeName: String { "FillValue" } }
extension Neural.Optimizer: HostValue {}
extension Neural.Schedule: HostValue {}
extension Neural.Schedule.CyclicMode: HostValue {}
extension Neural.Schedule.AnnealStrategy: HostValue {}
extension Neural.Schedule.PlateauMode: HostValue {}
extension Neural.GradientClipping: HostValue {}
extension Neural.Loss: HostValue {}
extension Neural.Precision: HostValue {}
extension Neural.History: HostValue {}
extension Neural.EpochRecord: HostValue {}
extension Neural.Evaluation: HostValue {}
extension Neural.ModelSummary: HostValue {}
extension Neural.ReceptiveField: HostValue {}
extension Steps.Plot: HostValue {}
extension Steps.Split: HostValue {}
extension Steps.Prediction: HostValue {}
