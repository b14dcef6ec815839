extension Step {
  /// An effect of a step apart from the report. The cache, the plan, the rehearsal and the warnings use it.
  package enum Effect: Sendable {
    /// Trains a model: depends on the precision and on the number of trainings before it; writes checkpoints.
    case trains
    /// Computes gradients in the run's precision.
    case usesPrecision
    /// Changes a model's weights.
    case changesWeights
    /// Uses a model's weights.
    case readsWeights
    /// Reads files that the notebook may have written.
    case readsFiles
    /// Writes files into the output folder, under a name that the notebook chooses.
    case writesFiles
    /// Writes figures, numbered by kind.
    case drawsFigures
    /// Shows a figure, a gallery or a table, which `fig-cap` can caption.
    case showsCaptioned
    /// Replaces the data set that the report's first screen names.
    case replacesDataset
    /// Replaces the report's checklist.
    case replacesRequirements
  }

  /// Whether the step trains a model.
  package var isTraining: Bool { effects.contains(.trains) }
}
