extension TrainingTask {
  /// Image classification: one class per image, evaluated by accuracy.
  public static let classification = TrainingTask(name: "classification", targets: .labels, metric: .accuracy)
}
