import Support

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
    /// The model expects images of a different size, or rows with a different number of features.
    case input(model: Shape, data: Shape)
    /// An operation needs images, but the data is a table.
    case needsImages(purpose: String, data: String)
    /// An operation needs a table, but the data has images.
    case needsTable(purpose: String, data: String)
    /// A row has a different number of features than the data.
    case row(index: Int, features: Int, data: [String])
    /// A feature of a row is not finite.
    case feature(row: Int, column: String, found: Double)
    /// There are too few images for a batch, and `dropLast` is true.
    case noBatches(images: Int, batchSize: Int)
    /// The user stopped training, or the evaluation if `epoch` is `nil`.
    case interrupted(epoch: Int?)
    /// The loss does not suit the model's last layer.
    case loss(String, end: String, remedy: String)
    /// The loss needs a different kind of target than the data has.
    case targets(loss: String, needed: TargetKind, data: String)
    /// Images would be mixed whose targets are numbers.
    case mixedNumbers(data: String)
    /// Images are mixed, but the loss does not take two classes.
    case mixedLabels(loss: String)
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
    /// All parameters of the model are frozen.
    case allFrozen(model: String)
    /// A parameter belongs to two groups.
    case sharedParameter(String, first: String, second: String)
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
    case .input(let model, let data) where model.isImage && data.isImage:
      return
        "the model expects images of \(model) (channels×height×width), but the data has \(data)"
        + Self.inputRemedy(model: model, data: data)
    case .input(let model, let data) where data.isImage:
      return
        "the model expects rows of \(Number.counted(model.channels, "feature")), but the data has images of \(data) "
        + "(channels×height×width); build the model with inputSize: instead of inputFeatures:"
    case .input(let model, let data):
      let expected =
        model.isImage
        ? "images of \(model) (channels×height×width)"
        : "rows of \(Number.counted(model.channels, "feature"))"
      return
        "the model expects \(expected), but the data has rows of \(Number.counted(data.channels, "feature")); build the "
        + "model with inputFeatures: \(data.channels)"
    case .needsImages(let purpose, let data):
      return "\(purpose) needs images, but '\(data)' is a table of numbers"
    case .needsTable(let purpose, let data):
      return
        "\(purpose) needs data that is a table, but '\(data)' has images; use predict with the files' paths"
    case .row(let index, let features, let names):
      return
        "row \(index) has \(Number.counted(features, "feature")), but the data has \(names.count): "
        + names.joined(separator: ", ")
    case .feature(let row, let column, let found):
      return "row \(row) has the feature \(column) \(found); features must be finite numbers"
    case .noBatches(let images, let batchSize):
      return
        "\(images) training images do not fill a batch of \(batchSize) and dropLast is true; lower batchSize"
    case .targets(let loss, let needed, let data):
      return needed == .values
        ? "loss \(loss) needs numbers as targets, but '\(data)' has classes; train with \(Loss.choice(for: .labels))"
        : "loss \(loss) needs classes as targets, but '\(data)' has numbers; train with \(Loss.choice(for: .values))"
    case .allFrozen(let model):
      return "all parameters of \(model) are frozen, so there is nothing to train; freeze fewer layers"
    case .sharedParameter(let name, let first, let second):
      return
        "parameter '\(name)' belongs to the groups '\(first)' and '\(second)'; a parameter can be in one group only"
    case .mixedNumbers(let data):
      return "mixing needs data with classes, but the targets of '\(data)' are numbers"
    case .mixedLabels(let loss):
      return
        "loss \(loss) does not take the soft labels of mixing; train with "
        + "\(Loss.choice(for: .labels, where: \.takesMixedLabels)), or load the data without mixing"
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
