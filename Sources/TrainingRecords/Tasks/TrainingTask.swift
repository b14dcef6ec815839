/// A task: the kind of its targets and the metrics that evaluate a model.
///
///     TrainingTask.regression.metric.name   // "mean absolute error"
///
/// Each loss belongs to a task; the loss of a training run determines its task.
public struct TrainingTask: Sendable, Hashable, CustomStringConvertible {
  /// For example `classification`; identifies the task in files.
  public let name: String
  /// The kind of target.
  public let targets: TargetKind
  /// The metric that decides which epoch is best, and the unit of `target`.
  public let metric: Metric
  /// All metrics that are reported, ``metric`` first.
  public let metrics: [Metric]

  /// - Parameters:
  ///   - name: identifies the task in files.
  ///   - targets: the kind of target.
  ///   - metric: decides which epoch is best.
  ///   - others: reported beside it.
  public init(name: String, targets: TargetKind, metric: Metric, others: [Metric] = []) {
    self.name = name
    self.targets = targets
    self.metric = metric
    metrics = [metric] + others
  }

  /// Every task. Files name tasks and metrics, and are read back through this list.
  public static let all = [classification, regression]

  public var description: String { name }
}

extension TrainingTask: Codable {
  /// - Throws: `DecodingError` for the name of an unknown task.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let task = Self.all.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown task '\(name)'")
    }
    self = task
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
