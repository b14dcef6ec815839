import Foundation
import Neural
import Support

/// Measures the peak memory of a training as a notebook runs it: with images, prefetched batches, evaluations, weights
/// and saved states.
public enum MemoryBenchmark {
  /// The benchmark's result.
  public struct Found: Figures {
    /// The number of trainable parameters.
    public var parameters: Int
    /// The peak memory of the process in bytes.
    public var peakMemoryBytes: Int
    /// The memory in bytes that was forecast before the training, with this process's memory then instead of the
    /// share that a run allows for the program, the notebook and the report.
    public var forecastBytes: Int

    public var description: String {
      let ratio = Double(forecastBytes) / Double(max(1, peakMemoryBytes))
      return
        "peak memory \(Number.bytes(peakMemoryBytes)); forecast \(Number.bytes(forecastBytes)), "
        + "\(Number.percent(ratio, decimals: 0)) of it"
    }
  }

  /// Trains two epochs of three batches.
  ///
  /// - Parameter forecast: the memory in bytes that a run forecasts for a training, without the program's.
  public static func run(
    _ setting: Setting, forecast: (TrainingOutline) throws -> Int
  ) throws -> Measured<Found> {
    let (model, size) = (setting.workload.model, setting.batchSize)
    let dataset = try BenchmarkData.load(folder: nil, train: 3 * size, test: size, for: setting.workload)
    let data = try ImageData(dataset, batchSize: size, augmentation: setting.workload.augmentation ?? [])
    var recipe = setting.workload.recipe
    (recipe.epochs, recipe.precision) = (2, setting.precision)
    // The images are already in memory.
    let program = peakMemory() - data.outline.dataset.bytes
    let expected =
      try program
      + forecast(TrainingOutline(model, on: data.outline, recipe, threads: setting.threads))

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("quire-memory-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let trainer = try Trainer(model, data, recipe, threads: setting.threads, seed: 1)
    trainer.checkpointDirectory = folder
    trainer.stateInterval = 0
    trainer.onState = { try AtomicFile.write($0.bytes(), to: folder + "/state.safetensors") }
    _ = try trainer.run()
    return Measured(
      setting: setting,
      figures: Found(
        parameters: model.parameterCount, peakMemoryBytes: peakMemory(), forecastBytes: expected))
  }
}
