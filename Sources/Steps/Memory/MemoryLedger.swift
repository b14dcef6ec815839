import Neural
import Synchronization

/// What a run holds in memory, and whether what comes next fits beside it.
///
/// Data sets are taken to stay as long as the run: a name holds them. What a training or an evaluation needs is free
/// again when it ends.
final class MemoryLedger: Sendable {
  private let limit: MemoryLimit
  private let images = Mutex<[DataSource: Int]>([:])

  init(_ limit: MemoryLimit) { self.limit = limit }

  /// A data set is about to be loaded.
  ///
  /// - Parameter validation: the share of its training images that is set apart: both parts are copies.
  /// - Throws: ``MemoryError``.
  func load(_ source: DataSource, _ dataset: DatasetOutline, validation: Double) throws {
    let copies = validation > 0 ? dataset.trainCount * dataset.imageSize.pixels * 3 : 0
    let loaded = images.withLock { images in
      images[source] = max(images[source] ?? 0, dataset.bytes + copies)
      return images.values.reduce(0, +)
    }
    try check(MemoryNeeds("the data", [.init(name: "images", bytes: loaded)]))
  }

  /// - Throws: ``MemoryError``.
  func check(_ training: TrainingOutline) throws {
    let needs = needs(training)
    if needs.bytes <= limit.bytes { return }
    let batch = training.smallerBatches.first { self.needs($0).bytes <= limit.bytes }?.data.batchSize
    throw MemoryError(
      needs: MemoryNeeds(needs.what, Array(needs.parts.dropFirst()), fittingBatch: batch), limit: limit)
  }

  /// What a training needs with all that is loaded.
  func needs(_ training: TrainingOutline) -> MemoryNeeds {
    MemoryNeeds(
      "the training",
      [
        .init(name: "images", bytes: max(loaded, training.data.dataset.bytes)),
        .init(name: "the plan for batches of \(training.data.batchSize)", bytes: training.planBytes),
        .init(name: "batches made ahead", bytes: training.batchBytes),
        .init(name: "optimizer and kept weights", bytes: training.optimizerBytes + training.stateBytes),
      ])
  }

  /// - Throws: ``MemoryError``; `PlanError` where there can be no plan.
  func check(evaluationOf model: Model, batchSize: Int, threads: Int) throws {
    let plan = try Plan.memoryBytes(
      graph: model.graph, batchSize: batchSize, mode: .inference, threads: threads)
    try check(
      MemoryNeeds(
        "the evaluation",
        [
          .init(name: "images", bytes: loaded),
          .init(name: "the plan for batches of \(batchSize)", bytes: plan),
          .init(
            name: "batches made ahead", bytes: 4 * batchSize * model.input.elements * MemoryLayout<Float>.size
          ),
        ]))
  }

  private var loaded: Int { images.withLock { $0.values.reduce(0, +) } }

  private func check(_ needs: MemoryNeeds) throws {
    if needs.bytes > limit.bytes { throw MemoryError(needs: needs, limit: limit) }
  }
}
