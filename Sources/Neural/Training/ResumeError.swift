/// Why a training cannot be continued from what was kept of one.
public struct ResumeError: Problem, Hashable {
  public enum Fact: Sendable, Hashable {
    /// It has more epochs than are asked for; the weights of earlier epochs are not kept.
    case epochs(found: Int, asked: Int)
    /// With this patience it would have ended earlier.
    case stopped(epoch: Int, patience: Int, found: Int)
    /// The schedule's course is fitted to another number of epochs.
    case schedule(name: String, planned: [Int], asked: Int)
    /// Its batches or its tensors are not this training's.
    case other(name: String, expected: String, found: String)
    /// Its bytes are no training's.
    case damaged(String)
  }

  public var fact: Fact

  public init(_ fact: Fact) { self.fact = fact }

  public var description: String {
    switch fact {
    case .epochs(let found, let asked):
      return "the history has \(epochs(found)), \(asked) \(asked == 1 ? "is" : "are") asked for"
    case .stopped(let epoch, let patience, let found):
      return "with earlyStopping: \(patience) it would have ended after epoch \(epoch), and the history has "
        + epochs(found)
    case .schedule(let name, let planned, let asked):
      let lengths = planned.sorted().map(String.init).joined(separator: ", ")
      return "\(name)'s course depends on the number of epochs: it was \(lengths), and \(asked) "
        + "\(asked == 1 ? "is" : "are") asked for"
    case .other(let name, let expected, let found):
      return "it is another training's: \(name) is \(found), expected \(expected)"
    case .damaged(let reason): return "it is damaged: \(reason)"
    }
  }

  private func epochs(_ count: Int) -> String { "\(count) \(count == 1 ? "epoch" : "epochs")" }
}
