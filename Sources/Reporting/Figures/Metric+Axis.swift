import TrainingRecords

extension Metric {
  /// The factor and the unit of an axis: percent for shares.
  var factor: Double { unit == .share ? 100 : 1 }
  var axisUnit: String? { unit == .share ? "%" : nil }

  var axisDirection: Axis.Better { better == .higher ? .higher : .lower }

  /// The value of a score; NaN if it was not measured.
  func of(_ score: Score) -> Double { score[self] ?? .nan }
}

extension [EpochRecord] {
  /// The metric that decides which epoch is best; accuracy if there are no epochs.
  var metric: Metric { first?.metric ?? .accuracy }
}
