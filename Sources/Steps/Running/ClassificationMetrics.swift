import Neural

/// Metrics of a classification beyond accuracy, for `run.json`.
public struct ClassificationMetrics: Codable, Sendable, Hashable {
  /// The metrics that exist, by their names.
  public private(set) var values: [String: Double] = [:]

  /// The metrics of an evaluation; `nil` if its targets are numbers.
  public init?(_ evaluation: Evaluation) {
    guard evaluation.targets.kind == .labels else { return nil }
    for metric in ClassificationMetric.all {
      let value = metric.value(evaluation)
      if value.isFinite { values[metric.name] = value }
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for metric in ClassificationMetric.all {
      values[metric.name] = try container.decodeIfPresent(Double.self, forKey: Key(stringValue: metric.name))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for metric in ClassificationMetric.all {
      try container.encodeIfPresent(values[metric.name], forKey: Key(stringValue: metric.name))
    }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
