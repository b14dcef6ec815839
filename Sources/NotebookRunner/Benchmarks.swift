import Neural

/// What `quire bench` times.
public enum Benchmarks {
  /// Images a second of whole training steps (forward, backward, AdamW) of the assignment's network, batch 64.
  public static func trainStep(threads: Int, steps: Int) throws -> Double {
    try EngineBenchmark.trainStep(try Model.cifar10Net(), batchSize: 64, threads: threads, steps: steps)
  }
}
