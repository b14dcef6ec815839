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
      let place = "the loss is not finite at epoch \(epoch), step \(step), learning rate \(rate)"
      let checkpoint =
        kept.map { "the last good weights are in \($0)" } ?? "no epoch had ended, so no weights were saved"
      return "\(place): training stopped; \(checkpoint); lower the learning rate or clip the gradients"
    case .value(let name, let expected, let found):
      return "\(name) must be \(expected), found \(found)"
    case .classes(let model, let data):
      return
        "the model tells \(model) classes apart, the data has \(data); make the last layer's outputs \(data)"
    case .input(let model, let data):
      return "the model takes images of \(model) (channels×height×width), the data has \(data)"
    case .noBatches(let images, let batchSize):
      return "\(images) training images make no batch of \(batchSize) with dropLast; lower batchSize"
    case .loss(let loss, let end):
      let remedy =
        loss == ".nll"
        ? "end the model in LogSoftmax() or train with loss: .crossEntropy()"
        : "leave Softmax() out: .crossEntropy() takes the scores before it"
      return "loss \(loss) does not suit a model that ends in \(end); \(remedy)"
    case .interrupted(let epoch):
      return epoch.map { "training was interrupted in epoch \($0)" } ?? "the evaluation was interrupted"
    }
  }
}
