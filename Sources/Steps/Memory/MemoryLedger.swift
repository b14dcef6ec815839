import Neural
import Synchronization

/// Tracks a run's memory and checks whether the next step fits.
///
/// Data sets count until the end of the run, since a name refers to them. The memory of a training or an evaluation
/// is freed when it ends.
final class MemoryLedger: Sendable {
  private let limit: MemoryLimit
  private let images = Mutex<[DataSource: Int]>([:])

  init(_ limit: MemoryLimit) { self.limit = limit }

  /// Accounts for a data set before it is loaded.
  ///
  /// - Parameter validation: the fraction of its training images that is set aside; both parts are copies.
  /// - Throws: ``MemoryError``.
  func load(_ source: DataSource, _ dataset: DatasetOutline, validation: Double) throws {
    let copies = validation > 0 ? dataset.trainCount * dataset.bytesPerSample : 0
    let loaded = images.withLock { images in
      images[source] = max(images[source] ?? 0, dataset.bytes + copies)
      return images.values.reduce(0, +)
    }
    try check(MemoryNeeds("the data", [.init(name: "images", bytes: loaded)]))
  }

  /// Checks that a training fits.
  ///
  /// - Throws: ``MemoryError``.
  func check(_ training: TrainingOutline) throws {
    let needs = needs(training)
    if needs.bytes <= limit.bytes { return }
    let batch = training.smallerBatches.first { self.needs($0).bytes <= limit.bytes }?.data.batchSize
    throw MemoryError(
      needs: MemoryNeeds(needs.what, Array(needs.parts.dropFirst()), fittingBatch: batch), limit: limit)
  }

  /// The memory for a training, including all loaded data.
  func needs(_ training: TrainingOutline) -> MemoryNeeds {
    MemoryNeeds(
      "the training",
      [
        .init(name: "images", bytes: max(loaded, training.data.dataset.bytes)),
        .init(name: "working memory for batches of \(training.data.batchSize)", bytes: training.planBytes),
        .init(name: "prefetched batches", bytes: training.batchBytes),
        .init(name: "optimizer state and checkpoints", bytes: training.optimizerBytes + training.stateBytes),
      ])
  }

  /// Checks that an evaluation fits.
  ///
  /// - Throws: ``MemoryError``; `PlanError` if the model cannot be compiled.
  func check(evaluationOf model: Model, batchSize: Int, threads: Int) throws {
    let plan = try Plan.memoryBytes(
      graph: model.graph, batchSize: batchSize, mode: .inference, threads: threads)
    try check(
      MemoryNeeds(
        "the evaluation",
        [
          .init(name: "images", bytes: loaded),
          .init(name: "working memory for batches of \(batchSize)", bytes: plan),
          .init(
            name: "prefetched batches", bytes: 4 * batchSize * model.input.elements * MemoryLayout<Float>.size
          ),
        ]))
  }

  private var loaded: Int { images.withLock { $0.values.reduce(0, +) } }

  private func check(_ needs: MemoryNeeds) throws {
    if needs.bytes > limit.bytes { throw MemoryError(needs: needs, limit: limit) }
  }
}
