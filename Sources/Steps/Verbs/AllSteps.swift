extension Step {
  /// The catalogue's group of steps.
  package static let group = "steps"

  /// Every step that notebooks can call, in the order of `quire describe`.
  package static let all: [Step] = [
    LoadDataStep.step,
    DescribeDataStep.step,
    ShowAugmentationsStep.step,
    BuildModelStep.step,
    SummaryStep.step,
    ReceptiveFieldStep.step,
    RequirementsStep.step,
    LearningRateFinderStep.step,
    TrainStep.step,
    EvaluateStep.step,
    ResultsStep.step,
    PlotStep.step,
    PlotStep.several,
    TableStep.byRow,
    TableStep.byColumn,
    CompareStep.step,
    ConfusionMatrixStep.step,
    ClassificationReportStep.step,
    MisclassifiedStep.step,
    PredictStep.step,
    PredictRowsStep.step,
    SaveStep.step,
    LoadWeightsStep.step,
    FreezeStep.step,
    UnfreezeStep.step,
    LearnedFiltersStep.step,
    ExplainStep.step,
  ]

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  /// The step with this name; `nil` if there is none. Steps that share a name have the same effects.
  package static func named(_ name: String) -> Step? { byName[name] }
}
