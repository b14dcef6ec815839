extension TrainingTask {
  /// Image regression: one or more numbers per image, evaluated by the mean absolute error.
  public static let regression = TrainingTask(
    name: "regression", targets: .values, metric: .meanAbsoluteError, others: [.rSquared])
}
