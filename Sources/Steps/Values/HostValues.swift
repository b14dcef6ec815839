import CellCatalogue
import Neural

// The types that cells pass between steps and that are opaque to them.
extension Model: HostValue {}
extension ImageData: HostValue {}
extension DataSource: HostValue {}
extension ColorMode: HostValue {}
extension SyntheticTarget: HostValue {}
extension ImagePreparation: HostValue {}
extension Augmentation: HostValue {}
extension Augmentation.FillValue: HostValue { public static var cellTypeName: String { "FillValue" } }
extension Mixing: HostValue {}
extension Optimizer: HostValue {}
extension Schedule: HostValue {}
extension Schedule.CyclicMode: HostValue {}
extension Schedule.AnnealStrategy: HostValue {}
extension Schedule.PlateauMode: HostValue {}
extension GradientClipping: HostValue {}
extension WeightAveraging: HostValue {}
extension DecayScope: HostValue {}
extension ParameterGroup: HostValue {}
extension WeightInitialisation: HostValue {}
extension WeightInitialisation.Fan: HostValue {}
extension Loss: HostValue {}
extension Precision: HostValue {}
extension Split: HostValue {}
extension Sampler: HostValue {}
extension ClassWeights: HostValue {}
extension TestTimeAugmentation: HostValue {}
extension ConfusionNormalization: HostValue {}
extension History: HostValue {}
extension EpochRecord: HostValue {}
extension Evaluation: HostValue {}
extension LearningRateCurve: HostValue {}
extension ModelSummary: HostValue {}
extension ReceptiveField: HostValue {}

extension BuilderContent {
  /// The layers collected by a builder block, each with its place in the notebook. In a rehearsal, a layer that could
  /// not be made is an ``UnknownLayer``.
  public var layers: [LayerElement] {
    elements.map { element in
      var layer: any Layer = UnknownLayer()
      if case .host(let value as any Layer, _) = element.value { layer = value }
      let place = element.location
      return LayerElement(
        layer, name: (layer as? Block)?.name,
        origin: Origin(file: place.file, line: place.line, column: place.column))
    }
  }

  /// ``layers``, for a container of layers.
  ///
  /// - Throws: ``LibraryFailure`` if the container's layers are nested too deeply.
  public var containedLayers: [LayerElement] {
    get throws {
      let layers = layers
      let levels = 1 + (layers.map(\.nesting).max() ?? 0)
      if levels > LayerElement.maximumNesting {
        throw LibraryFailure(
          "layers are nested too deeply; the maximum is \(LayerElement.maximumNesting) levels")
      }
      return layers
    }
  }
}
