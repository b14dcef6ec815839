/// Times the engine on made-up data.
public enum EngineBenchmark {
  /// Images a second of whole training steps (forward, backward, a flat AdamW update).
  public static func trainStep(
    _ model: Model, batchSize: Int = 64, threads: Int = 2, steps: Int = 10
  ) throws -> Double { 0 }
}
