import Support

/// The loss and the metrics of a model over a set of images.
///
///     let score = Score(loss: 0.3, accuracy: 0.9)
///     score[.accuracy]   // 0.9
public struct Score: Sendable, Hashable {
  /// The mean over the images.
  public var loss: Double
  /// The metrics that were measured, the task's deciding metric first.
  public let metrics: [Metric]
  /// Their values, in the same order.
  public private(set) var values: [Double]

  /// Values beyond the metrics are dropped; missing ones are NaN.
  public init(loss: Double, _ metrics: [Metric], values: [Double]) {
    self.loss = loss
    self.metrics = metrics
    self.values = metrics.indices.map { values.indices.contains($0) ? values[$0] : .nan }
  }

  /// Creates the score of a classification; the accuracy is a fraction in 0…1.
  public init(loss: Double, accuracy: Double) {
    self.init(loss: loss, [.accuracy], values: [accuracy])
  }

  /// A metric's value; `nil` if it was not measured.
  public subscript(metric: Metric) -> Double? {
    get { metrics.firstIndex(of: metric).map { values[$0] } }
    set {
      if let newValue, let index = metrics.firstIndex(of: metric) { values[index] = newValue }
    }
  }

  /// The accuracy, 0…1; `nil` if the task has no accuracy.
  public var accuracy: Double? { self[.accuracy] }
}

extension Score: Codable {
  /// One key for the loss and one for each metric: `{"accuracy": 0.9, "loss": 0.3}`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NameKey.self)
    loss = try container.decode(Double.self, forKey: NameKey("loss"))
    let keys = Set(container.allKeys.map(\.stringValue))
    metrics =
      TrainingTask.all.first { $0.metrics.contains { keys.contains($0.key) } }?
      .metrics.filter { keys.contains($0.key) } ?? []
    values = try metrics.map { try container.decode(Double.self, forKey: NameKey($0.key)) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    try container.encode(loss, forKey: NameKey("loss"))
    for (metric, value) in zip(metrics, values) { try container.encode(value, forKey: NameKey(metric.key)) }
  }
}

/// A key whose name is known when it is written.
package struct NameKey: CodingKey {
  package let stringValue: String
  package var intValue: Int? { nil }

  package init(_ name: String) { stringValue = name }
  package init?(stringValue: String) { self.init(stringValue) }
  package init?(intValue: Int) { nil }
}

extension Score {
  /// All metrics: `87.02%`, or `MAE 0.1234, R² 0.9000`.
  public var text: String {
    zip(metrics, values).map { metric, value in metric.namedText(value) }.joined(separator: ", ")
  }

  /// The deciding metric: `87.02%`, or `MAE 0.1234`.
  public var decidingText: String {
    guard let metric = metrics.first, let value = values.first else { return "no metric" }
    return metric.namedText(value)
  }
}

extension Score: CustomStringConvertible {
  /// The loss and all metrics: `loss 0.4321, 87.02%`.
  public var description: String {
    "loss \(Number.fixed(loss, 4))" + (metrics.isEmpty ? "" : ", \(text)")
  }
}
