import Neural
import Reporting

/// What one step added to a run's results, so that it can be added again without running the step.
public struct LedgerChange: Sendable, Codable, Hashable {
  public private(set) var dataset: Ledger.DatasetFacts?
  public private(set) var models: [Ledger.ModelFacts]
  public private(set) var histories: [History]
  public private(set) var precisions: [Precision]
  /// `nil` in what earlier versions kept.
  public private(set) var provenances: [TrainingProvenance]?
  public private(set) var evaluations: [Ledger.Evaluated]
  public private(set) var requirements: [Requirement]?
  public private(set) var figures: [String: Int]
  public private(set) var warnings: [String]

  /// - Parameters:
  ///   - replacesDataset: Whether a step was called that replaces the data set, even by the same.
  ///   - replacesRequirements: Whether a step was called that replaces the checklist, even by the same.
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
  /// Adds what a step added before.
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
