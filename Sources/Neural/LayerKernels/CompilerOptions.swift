/// The batch that a model is compiled for, and the purpose.
struct CompilerOptions {
  /// The maximum number of samples per batch.
  var batchSize: Int
  /// Whether the steps are for training; otherwise they compute an evaluation.
  var trains = true
  /// The precision of a training; an evaluation is always in single precision.
  var precision = Precision.float32
  /// Whether BatchNorm uses its running statistics in training too, for gradients of an evaluation.
  var freezesStatistics = false
  /// The parameters that a training does not change, by name.
  var frozen: Set<String> = []
  /// For tests: whether to compute the gradient with respect to the images.
  var wantsInputGradient = false

  var isMixed: Bool { trains && precision == .mixedBFloat16 }
}
