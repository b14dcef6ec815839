// A PLACEHOLDER, to be deleted once Neural has `Precision` and takes it in `Plan.init` and `Model.evaluate`:
// nothing else in this target changes then.
import Neural

public enum Precision: String, Sendable, CaseIterable { case float32, mixedBFloat16 }

extension Plan {
  convenience init(
    _ model: Model, batchSize: Int, loss: Loss, threads: Int, seed: UInt64, precision: Precision,
    mode: Mode = .training
  ) throws {
    try precision.check()
    try self.init(model, batchSize: batchSize, loss: loss, threads: threads, seed: seed, mode: mode)
  }
}

extension Model {
  func evaluate(
    _ set: ImageSet, of data: ImageData, split: String, threads: Int, precision: Precision
  ) throws -> Evaluation {
    try precision.check()
    return try evaluate(set, of: data, split: split, threads: threads)
  }
}

extension Precision {
  fileprivate struct Unsupported: Problem {
    let description = "the engine has no mixedBFloat16 yet"
  }

  fileprivate func check() throws { if self != .float32 { throw Unsupported() } }
}
