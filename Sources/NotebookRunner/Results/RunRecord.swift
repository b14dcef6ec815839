import Steps
import Support

/// `run.json`: parameters, every step's status and seconds, metrics, provenance.
struct RunRecord: Codable, Sendable {
  struct Step: Codable, Sendable {
    var number: Int
    var label: String?
    var line: Int
    var status: String
    var seconds: Double?
    var error: String?

    /// The status of a step that was restored from cache.
    static let restored = "restored"
  }
  var title: String?
  /// The notebook's tags; `nil` if it has none.
  var tags: [String]?
  var status: RunStatus
  /// The time of writing, for a run that has not ended. A killed run leaves it, and ``KilledRuns`` changes only the
  /// status, so a record with this time and the status `interrupted` is of a killed run.
  var updated: String?
  var verdict: String
  var parameters: [String: String]
  var steps: [Step]
  var dataset: Ledger.DatasetFacts?
  var models: [Ledger.ModelFacts]
  var trainings: [RunMetrics.Training]
  var evaluations: [RunMetrics.Measured]
  var requirements: [RunMetrics.Check]
  var warnings: [String]
  var provenance: RunProvenance

  init(_ run: RunSnapshot, _ provenance: RunProvenance) {
    let metrics = RunMetrics(run.results)
    title = run.notebook.document.frontMatter.title
    let tags = run.notebook.document.frontMatter.tags
    self.tags = tags.isEmpty ? nil : tags
    status = run.status
    updated = run.ended == nil ? run.updated.formatted(.iso8601) : nil
    verdict = Verdicts.sentence(run)
    self.provenance = provenance
    parameters = provenance.parameters
    steps = run.steps.map {
      Step(
        number: $0.number, label: $0.fence.label, line: $0.fence.range.start.line,
        status: $0.isRestored ? Step.restored : $0.status.rawValue,
        seconds: $0.seconds, error: $0.failure?.message)
    }
    dataset = metrics.dataset
    models = metrics.models
    trainings = metrics.trainings
    evaluations = metrics.evaluations
    requirements = metrics.requirements
    warnings = metrics.warnings
  }

  /// The record as pretty-printed JSON with sorted keys.
  var json: String { JSON.text(self) }
}
