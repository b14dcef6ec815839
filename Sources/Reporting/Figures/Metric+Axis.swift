import TrainingRecords

extension Metric {
  /// The factor and the unit of an axis: percent for shares.
  var factor: Double { unit == .share ? 100 : 1 }
  var axisUnit: String? { unit == .share ? "%" : nil }

  var axisDirection: Axis.Better { better == .higher ? .higher : .lower }

  /// The value of a score, for drawing; NaN if it was not measured.
  func of(_ score: Score) -> Double { score[self] ?? .nan }

  /// The value of a score as text; `–` where it was not measured.
  func cell(_ score: Score) -> String { score[self].map(text) ?? "–" }
}

extension [EpochRecord] {
  /// The metric that decides which epoch is best; accuracy if there are no epochs.
  var metric: Metric { first?.metric ?? .accuracy }

  /// The name of a quantity with the images that the epochs were evaluated on: `validation accuracy`.
  func evaluated(_ quantity: String) -> String { split.map { "\($0.rawValue) \(quantity)" } ?? quantity }
}
