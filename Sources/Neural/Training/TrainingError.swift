/// An error that prevents or ends training.
public struct TrainingError: Problem {
  /// The reason.
  public enum Fact: Sendable, Hashable {
    /// The loss became infinite or NaN.
    case notFinite(epoch: Int, step: Int, learningRate: Double, kept: String?)
    /// A value is out of its range.
    case value(name: String, expected: String, found: String)
    /// The number of the model's outputs differs from the number of classes.
    case classes(model: Int, data: Int)
    /// The number of the model's outputs differs from the number of values to predict for each image.
    case outputs(model: Int, data: [String])
    /// The model expects images of a different size.
    case input(model: Shape, data: Shape)
    /// There are too few images for a batch, and `dropLast` is true.
    case noBatches(images: Int, batchSize: Int)
    /// The user stopped training, or the evaluation if `epoch` is `nil`.
    case interrupted(epoch: Int?)
    /// The loss does not suit the model's last layer.
    case loss(String, end: String, remedy: String)
    /// The loss needs a different kind of target than the data has.
    case targets(loss: String, needed: TargetKind, data: String)
    /// An operation needs a different kind of target than the data has.
    case needs(TargetKind, purpose: String)
    /// The validation images of data without a validation split were asked for.
    case noValidation(data: String)
    /// The test images of data without any were asked for.
    case noTest(data: String)
    /// A figure of one split was asked for, but the epochs were evaluated on another.
    case otherSplit(Split, evaluated: Split, figure: String, instead: String, hasTest: Bool)
    /// A learning-rate range test ended before there was a rate to suggest.
    case noLearningRate(batches: Int, learningRate: Double?)
    /// The task does not have a metric that was asked for.
    case noMetric(String, task: TrainingTask)
  }

  /// The reason.
  public var fact: Fact

  /// Creates an error.
  public init(_ fact: Fact) { self.fact = fact }

  /// Whether the loss was not finite.
  public var isDivergence: Bool { if case .notFinite = fact { true } else { false } }

  /// Whether the data does not have the images that were asked for.
  public var isMissingSplit: Bool {
    switch fact {
    case .noValidation, .noTest: true
    default: false
    }
  }

  /// The arguments of `buildModel` that fit the data's images, if these are square.
  private static func inputRemedy(model: Shape, data: Shape) -> String {
    guard data.isImage, data.height == data.width else { return "" }
    let size = model.height == data.height && model.width == data.width ? [] : ["inputSize: \(data.height)"]
    let channels = model.channels == data.channels ? [] : ["inputChannels: \(data.channels)"]
    return "; build the model with \((size + channels).joined(separator: ", "))"
  }

  public var description: String {
    switch fact {
    case .notFinite(let epoch, let step, let rate, let kept):
      let place = "the loss is not finite at epoch \(epoch), batch \(step), learning rate \(rate)"
      let checkpoint =
        kept.map { "the last good weights are in \($0)" } ?? "no epoch finished, so no weights were saved"
      return "training stopped: \(place); \(checkpoint); lower the learning rate or clip the gradients"
    case .value(let name, let expected, let found):
      return "\(name) must be \(expected), found \(found)"
    case .classes(let model, let data):
      return
        "the model predicts \(model) classes but the data has \(data); change the last layer to \(data) outputs"
    case .outputs(let model, let names):
      let count = names.count == 1 ? "1 number" : "\(names.count) numbers"
      return
        "the model has \(model) \(model == 1 ? "output" : "outputs") but the data has \(count) to predict for each "
        + "image (\(names.joined(separator: ", "))); change the last layer to \(names.count) "
        + (names.count == 1 ? "output" : "outputs")
    case .input(let model, let data):
      return
        "the model expects images of \(model) (channels×height×width), but the data has \(data)"
        + Self.inputRemedy(model: model, data: data)
    case .noBatches(let images, let batchSize):
      return
        "\(images) training images do not fill a batch of \(batchSize) and dropLast is true; lower batchSize"
    case .targets(let loss, let needed, let data):
      return needed == .values
        ? "loss \(loss) needs numbers as targets, but '\(data)' has classes; train with .nll or .crossEntropy()"
        : "loss \(loss) needs classes as targets, but '\(data)' has numbers; train with .mse, .l1 or .smoothL1()"
    case .needs(let needed, let purpose):
      return "\(purpose) needs data with \(needed == .labels ? "classes" : "numbers as targets")"
    case .noValidation(let data):
      return
        "'\(data)' was loaded without validation images; set validation: in loadData, or choose .test or .train"
    case .noTest(let data):
      return "'\(data)' has no test images; choose .validation or .train"
    case .otherSplit(let asked, let evaluated, let figure, let instead, let hasTest):
      let remedy =
        asked != .test
        ? ", or set validation: in loadData"
        : hasTest ? ", or evaluate(model, on: data) for the test images" : "; the data has no test images"
      return
        "'\(figure)' does not exist: the epochs of this training were evaluated on the \(evaluated.images), not on the "
        + "\(asked.images); use \(instead)\(remedy)"
    case .noLearningRate(let batches, let rate):
      let place = rate.map { " at learning rate \($0)" } ?? ""
      return "no learning rate can be suggested: the loss diverged after "
        + "\(batches) \(batches == 1 ? "batch" : "batches")\(place); lower startLR, or look for values in the data or "
        + "the weights that are not finite"
    case .noMetric(let name, let task):
      let names = task.metrics.map(\.name).joined(separator: " and ")
      return "'\(name)' does not exist: a \(task) is measured by \(names)"
    case .loss(let loss, let end, let remedy):
      return "loss \(loss) does not fit a model that ends in \(end); \(remedy)"
    case .interrupted(let epoch):
      return epoch.map { "training was interrupted in epoch \($0)" } ?? "the evaluation was interrupted"
    }
  }
}
