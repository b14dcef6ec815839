/// The reason why a training cannot be resumed from a saved state.
public struct ResumeError: Problem, Hashable {
  /// The kinds of reasons.
  public enum Fact: Sendable, Hashable {
    /// The saved state has more epochs than requested; the weights of earlier epochs are not kept.
    case epochs(found: Int, asked: Int)
    /// With this patience, the training would have ended earlier.
    case stopped(epoch: Int, patience: Int, found: Int)
    /// The schedule was fitted to another number of epochs.
    case schedule(name: String, planned: [Int], asked: Int)
    /// The batches or tensors do not match this training.
    case other(name: String, expected: String, found: String)
    /// The state is damaged.
    case damaged(String)
  }

  /// The reason, with its details.
  public var fact: Fact

  /// Creates an error.
  public init(_ fact: Fact) { self.fact = fact }

  public var description: String {
    switch fact {
    case .epochs(let found, let asked):
      let were = asked == 1 ? "was" : "were"
      return "the saved state already has \(epochs(found)), but only \(asked) \(were) requested"
    case .stopped(let epoch, let patience, let found):
      return "earlyStopping: \(patience) would have stopped after epoch \(epoch), but the saved state has "
        + epochs(found)
    case .schedule(let name, let planned, let asked):
      let lengths = planned.sorted().map(String.init).joined(separator: ", ")
      return "schedule \(name) depends on the number of epochs, which changed from \(lengths) to \(asked)"
    case .other(let name, let expected, let found):
      return "the saved state belongs to a different training run: \(name) is \(found), expected \(expected)"
    case .damaged(let reason): return "the saved state is damaged: \(reason)"
    }
  }

  private func epochs(_ count: Int) -> String { "\(count) \(count == 1 ? "epoch" : "epochs")" }
}
