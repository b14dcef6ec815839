/// What can be wrong when a model is compiled into a plan, fed or loaded.
public struct PlanError: Problem, Hashable {
  public enum Fact: Sendable, Hashable {
    case batchSize(Int)
    case threads(Int)
    case labelSmoothing(Double)
    /// The model ends with an image where the loss needs one row of class scores a sample.
    case outputNotFeatures(Shape)
    /// A layer's working memory is beyond what the engine can address.
    case layerTooLarge(path: String)
    /// The environment's QUIRE_ISA.
    case instructionSet(String, isKnown: Bool, supported: [String])
    case memory(needed: Int, available: Int)
    /// `trainStep` on a plan that was compiled for inference.
    case inferenceOnly
    case count(found: Int, batchSize: Int)
    case label(found: Int32, classes: Int, sample: Int)
    case missing(parameter: String)
    case unexpected(parameter: String)
    case shape(parameter: String, expected: [Int], found: [Int])
  }

  public var fact: Fact
  public var model: String

  public var description: String {
    let who = "model '\(model)'"
    switch fact {
    case .batchSize(let found):
      return "the batch size must be in 1…\(Plan.largestBatch), found \(found)"
    case .threads(let found):
      return "the number of threads must be in 1…\(Plan.mostThreads), found \(found)"
    case .labelSmoothing(let found):
      return "labelSmoothing must be between 0 and 1, found \(found)"
    case .outputNotFeatures(let shape):
      return "\(who) ends with \(shape) (channels×height×width) where the loss needs one score per class; "
        + "end it with AdaptiveAvgPool2d(1), Flatten() and Linear(…)"
    case .layerTooLarge(let path):
      return "\(who): layer '\(path)' needs more memory than can be addressed; use smaller images"
    case .memory(let needed, let available):
      return
        "\(who) needs \(needed >> 20) MiB at this batch size, but this machine has \(available >> 20) MiB; "
        + "use a smaller batch"
    case .instructionSet(let name, let isKnown, let supported):
      return
        "QUIRE_ISA is '\(name)', "
        + (isKnown ? "which this machine does not support" : "which is not an instruction set")
        + "; this machine supports \(supported.joined(separator: ", "))"
    case .inferenceOnly:
      return "\(who) was compiled for inference and cannot train; compile it for training"
    case .count(let found, let batchSize):
      return "a batch must contain 1…\(batchSize) samples, found \(found)"
    case .label(let found, let classes, let sample):
      return "sample \(sample) of the batch has label \(found), but \(who) has classes 0…\(classes - 1)"
    case .missing(let parameter):
      return
        "parameter '\(parameter)' of \(who) is missing from the state; the state belongs to another model"
    case .unexpected(let parameter):
      return
        "the state contains '\(parameter)', which \(who) does not have; the state belongs to another model"
    case .shape(let parameter, let expected, let found):
      return
        "'\(parameter)' of \(who) has shape \(expected), found \(found) in the state; the state belongs to another model"
    }
  }
}
