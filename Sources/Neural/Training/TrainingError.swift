/// What can stop a training run.
public struct TrainingError: Problem {
  public enum Fact: Sendable, Hashable {
    case notFinite(epoch: Int, step: Int, learningRate: Double, kept: String?)
    case value(name: String, expected: String, found: String)
    case classes(model: Int, data: Int)
    case input(model: Shape, data: Shape)
    case noBatches(images: Int, batchSize: Int)
    case interrupted(epoch: Int?)
    /// The loss does not suit what the model ends in.
    case loss(String, end: String)
  }

  public var fact: Fact

  public init(_ fact: Fact) { self.fact = fact }

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
    case .input(let model, let data):
      return "the model expects images of \(model) (channels×height×width), but the data has \(data)"
    case .noBatches(let images, let batchSize):
      return
        "\(images) training images do not fill a batch of \(batchSize) and dropLast is true; lower batchSize"
    case .loss(let loss, let end):
      let remedy =
        loss == ".nll"
        ? "end the model in LogSoftmax() or train with loss: .crossEntropy()"
        : "remove Softmax(): .crossEntropy() expects logits"
      return "loss \(loss) does not fit a model that ends in \(end); \(remedy)"
    case .interrupted(let epoch):
      return epoch.map { "training was interrupted in epoch \($0)" } ?? "the evaluation was interrupted"
    }
  }
}
