import Support

/// An error in compiling a model, or a batch or state that does not fit the plan.
public struct PlanError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// The batch size is out of range.
    case batchSize(Int)
    /// The number of threads is out of range.
    case threads(Int)
    /// The model outputs an image, but the loss needs one row of class scores per sample.
    case outputNotFeatures(Shape)
    /// A layer's working memory is beyond what the engine can address.
    case layerTooLarge(path: String)
    /// The environment variable `QUIRE_ISA` names an unknown or unsupported instruction set.
    case instructionSet(String, isKnown: Bool, supported: [String])
    /// The machine does not have enough memory.
    case memory(needed: Int, available: Int)
    /// `trainStep` on a plan that was compiled for inference.
    case inferenceOnly
    /// A batch has no samples, or more than the plan was compiled for.
    case count(found: Int, batchSize: Int)
    /// The targets are not of the kind that the loss takes.
    case targets(found: TargetKind, loss: String)
    /// A label is not one of the model's classes.
    case label(found: Int32, classes: Int, sample: Int)
    /// A parameter is missing from the state.
    case missing(parameter: String)
    /// The state has a parameter that the model lacks.
    case unexpected(parameter: String)
    /// A parameter has a different shape in the state.
    case shape(parameter: String, expected: [Int], found: [Int])
  }

  /// The mistake.
  public var fact: Fact
  /// The name of the model.
  public var model: String

  public var description: String {
    let who = "model '\(model)'"
    switch fact {
    case .batchSize(let found):
      return "the batch size must be in 1…\(Plan.largestBatch), found \(found)"
    case .threads(let found):
      return "the number of threads must be in 1…\(Plan.mostThreads), found \(found)"
    case .outputNotFeatures(let shape):
      return
        "\(who) ends with shape \(shape) (channels×height×width), but the loss needs one score per class; "
        + "end it with AdaptiveAvgPool2d(1), Flatten() and Linear(…)"
    case .layerTooLarge(let path):
      return "\(who): layer '\(path)' needs more memory than can be addressed; use smaller images"
    case .memory(let needed, let available):
      return
        "\(who) needs \(Number.bytes(needed)) at this batch size, but this machine has \(Number.bytes(available)); "
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
    case .targets(let found, let loss):
      return "\(who) is trained with loss \(loss), which takes "
        + (found == .labels ? "numbers as targets; found class labels" : "class labels; found numbers")
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
