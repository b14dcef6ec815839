import Neural
import Reporting

/// The results that one step added to a run's, so that they can be added again without running the step.
public struct LedgerChange: Sendable, Codable, Hashable {
  /// The loaded data set, if the step loaded one.
  public private(set) var dataset: Ledger.DatasetFacts?
  /// The models that the step summarised.
  public private(set) var models: [Ledger.ModelFacts]
  /// The trainings' histories.
  public private(set) var histories: [History]
  /// The precision of each training.
  public private(set) var precisions: [Precision]
  /// How the trainings were resumed or ended; `nil` in data of earlier versions.
  public private(set) var provenances: [TrainingProvenance]?
  /// The evaluations.
  public private(set) var evaluations: [Ledger.Evaluated]
  /// The checked requirements, if the step checked any.
  public private(set) var requirements: [Requirement]?
  /// The number of figures drawn, by kind.
  public private(set) var figures: [String: Int]
  /// The warnings.
  public private(set) var warnings: [String]

  /// Compares the results before and after a step.
  ///
  /// - Parameters:
  ///   - replacesDataset: whether a step was called that replaces the data set, even by an equal one.
  ///   - replacesRequirements: whether a step was called that replaces the checklist, even by an equal one.
  public init(from before: Ledger, to after: Ledger, replacesDataset: Bool, replacesRequirements: Bool) {
    dataset = replacesDataset ? after.dataset : nil
    requirements = replacesRequirements ? after.requirements : nil
    models = Array(after.models.dropFirst(before.models.count))
    histories = Array(after.histories.dropFirst(before.histories.count))
    precisions = Array(after.precisions.dropFirst(before.precisions.count))
    provenances = Array(after.provenances.dropFirst(before.provenances.count))
    evaluations = Array(after.evaluations.dropFirst(before.evaluations.count))
    warnings = Array(after.warnings.dropFirst(before.warnings.count))
    figures = after.figures.filter { $0.value != before.figures[$0.key] }
      .reduce(into: [:]) { $0[$1.key] = $1.value - (before.figures[$1.key] ?? 0) }
  }
}

extension Ledger {
  /// Adds the results of an earlier run of the step.
  public mutating func add(_ change: LedgerChange) {
    if let dataset = change.dataset { self.dataset = dataset }
    if let requirements = change.requirements { self.requirements = requirements }
    models += change.models
    histories += change.histories
    precisions += change.precisions
    provenances += change.provenances ?? []
    evaluations += change.evaluations
    warnings += change.warnings
    for (kind, count) in change.figures { figures[kind, default: 0] += count }
  }
}
