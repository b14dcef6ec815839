import Support

// A safetensors file: `model.NAME`, `last.NAME`, `best.NAME`, `average.NAME`, `gradient.NAME`, `optimizer.SLOT.NAME`;
// the epochs as a table of
// doubles' bits; the other numbers as JSON in the metadata. A row of the table: loss and metrics of the training set,
// loss and metrics of the images that epochs are evaluated on, learning rate, seconds.

extension TrainingState {
  /// Changes where what is written does.
  private static let format = "quire-training-1"
  /// More epochs than a recipe may have are no training's.
  private static let mostEpochs = TrainingRecipe.epochRange.upperBound

  /// The numbers beside the tensors. Doubles are their bits, so that every one comes back as it was.
  private struct Numbers: Codable {
    struct Unfinished: Codable {
      var batch: Int
      /// Of a classification; other tasks have `sums`.
      var correct: Int?
      var loss: UInt64
      var sums: [UInt64]?
      var seconds: UInt64
    }
    struct Evaluation: Codable {
      var loss: UInt64
      /// Of a classification; other tasks have `values`.
      var accuracy: UInt64?
      var values: [UInt64]?
    }

    /// The images that the epochs were evaluated on; `nil` for the test images.
    var split: Split?
    var plannedEpochs: Int
    var batchesPerEpoch: Int
    var batchSize: Int
    var imagesPerEpoch: Int
    var unfinished: Unfinished?
    var trainEvaluation: Evaluation?
    var threads: Int?
    /// `nil` for a classification.
    var task: TrainingTask?
    /// The number of averaged weights.
    var averaged: Int?
  }

  /// The bytes of a file that ``init(bytes:file:)`` reads. Equal states give equal bytes.
  public func bytes() -> [UInt8] {
    var file = Safetensors()
    func add(_ tensors: [String: Tensor]?, _ prefix: String) {
      for (name, tensor) in tensors ?? [:] { file.tensors["\(prefix).\(name)"] = tensor }
    }
    add(weights, "model")
    add(lastWeights, "last")
    add(bestWeights, "best")
    add(average?.weights, "average")
    add(gradients, "gradient")
    for (slot, tensors) in slots { add(tensors, "optimizer.\(slot)") }
    file.integers["epochs"] = Safetensors.IntegerTensor(
      shape: [epochs.count, Self.columns(task)],
      values: epochs.flatMap { record in
        ([record.train.loss] + record.train.values + [record.evaluation.loss] + record.evaluation.values
          + [record.learningRate, record.seconds]).map { Int64(bitPattern: $0.bitPattern) }
      })
    let isClassification = task == .classification
    let numbers = Numbers(
      split: split == .test ? nil : split, plannedEpochs: plannedEpochs, batchesPerEpoch: batchesPerEpoch,
      batchSize: batchSize,
      imagesPerEpoch: imagesPerEpoch,
      unfinished: unfinished.map {
        .init(
          batch: $0.batch, correct: isClassification ? $0.correct : nil, loss: $0.loss.bitPattern,
          sums: isClassification ? nil : $0.sums.map(\.bitPattern), seconds: $0.seconds.bitPattern)
      },
      trainEvaluation: trainEvaluation.map {
        .init(
          loss: $0.loss.bitPattern, accuracy: isClassification ? $0.accuracy?.bitPattern : nil,
          values: isClassification ? nil : $0.values.map(\.bitPattern))
      }, threads: threads, task: isClassification ? nil : task,
      averaged: average?.count)
    file.metadata = [
      "format": Self.format, "slots": slots.keys.sorted().joined(separator: " "),
      "numbers": JSON.text(numbers),
    ]
    return file.bytes()
  }

  /// Decodes a state encoded by ``bytes()``. Every count and range is checked, so any damage is an error.
  ///
  /// - Parameters:
  ///   - bytes: the bytes.
  ///   - file: the name of these bytes in errors.
  /// - Throws: ``CheckpointError`` if the bytes are not a safetensors file, ``ResumeError`` if they are not a
  ///   training state.
  public init(bytes: [UInt8], file: String = "training state") throws {
    let contents = try Safetensors(bytes: bytes, file: file)
    guard contents.metadata["format"] == Self.format else {
      throw ResumeError(.damaged("the format is not \(Self.format)"))
    }
    guard
      let text = contents.metadata["numbers"],
      let numbers = try? JSON.value(Numbers.self, from: Array(text.utf8))
    else { throw ResumeError(.damaged("cannot read its numbers")) }
    func require(_ holds: Bool, _ what: String) throws {
      if !holds { throw ResumeError(.damaged("\(what) is out of range")) }
    }
    task = numbers.task ?? .classification
    split = numbers.split ?? .test
    plannedEpochs = numbers.plannedEpochs
    batchesPerEpoch = numbers.batchesPerEpoch
    batchSize = numbers.batchSize
    imagesPerEpoch = numbers.imagesPerEpoch
    try require(split != .train, "the evaluated split")
    try require((1...Self.mostEpochs).contains(plannedEpochs), "the number of epochs")
    try require(DataOutline.batchSizes.contains(batchSize), "the batch size")
    try require((1...Int(Int32.max)).contains(imagesPerEpoch), "the number of images")
    try require(
      batchesPerEpoch == DataOutline.batches(imagesPerEpoch, of: batchSize), "the number of batches")
    epochs = try Self.records(contents.integers, task, on: split)
    let isClassification = task == .classification
    if let found = numbers.unfinished {
      let epoch = UnfinishedEpoch(
        batch: found.batch, loss: Double(bitPattern: found.loss),
        sums: isClassification
          ? [Double(found.correct ?? -1)] : (found.sums ?? []).map { Double(bitPattern: $0) },
        seconds: Double(bitPattern: found.seconds))
      try require((1...batchesPerEpoch).contains(epoch.batch), "the batch")
      try require(
        !isClassification || (0...min(epoch.batch * batchSize, imagesPerEpoch)).contains(epoch.correct),
        "the number of correct predictions")
      try require(epoch.sums.allSatisfy(\.isFinite), "a sum")
      try require(epoch.loss.isFinite && Self.isTime(epoch.seconds), "a sum")
      unfinished = epoch
    }
    if let found = numbers.trainEvaluation {
      let values = isClassification ? found.accuracy.map { [$0] } : found.values
      let score = Score(
        loss: Double(bitPattern: found.loss), task.metrics,
        values: (values ?? []).map { Double(bitPattern: $0) })
      try require(
        values?.count == task.metrics.count && score.isPossible,
        "the training set's \(task.metric)")
      try require(!epochs.isEmpty && unfinished == nil, "the training set's score")
      trainEvaluation = score
    }
    try require(numbers.threads.map { $0 > 0 } ?? true, "the number of threads")
    threads = numbers.threads

    weights = [:]
    slots = [:]
    for slot in (contents.metadata["slots"] ?? "").split(separator: " ") { slots[String(slot)] = [:] }
    var last: [String: Tensor] = [:]
    var best: [String: Tensor] = [:]
    var averaged: [String: Tensor] = [:]
    var gradients: [String: Tensor] = [:]
    for (name, tensor) in contents.tensors {
      let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      let (kind, rest) = (parts[0], parts.count > 1 ? String(parts[1]) : "")
      switch kind {
      case "model": weights[rest] = tensor
      case "last": last[rest] = tensor
      case "best": best[rest] = tensor
      case "average": averaged[rest] = tensor
      case "gradient": gradients[rest] = tensor
      case "optimizer":
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let slot = String(parts[0])
        guard slots[slot] != nil else {
          throw ResumeError(.damaged("'\(name)' belongs to no optimizer slot"))
        }
        slots[slot]?[parts.count > 1 ? String(parts[1]) : ""] = tensor
      default: throw ResumeError(.damaged("unexpected tensor '\(name)'"))
      }
    }
    // Missing ones are found when they are compared with the model's.
    let count = numbers.averaged
    try require(count.map { (1...Int(Int32.max)).contains($0) } ?? averaged.isEmpty, "the averaged weights")
    average = count.map { Average(count: $0, weights: averaged) }
    self.gradients = gradients.isEmpty ? nil : gradients
    let needsLast = !epochs.isEmpty && (unfinished != nil || average != nil)
    let needsBest = epochs.last.map { !$0.isBest } ?? false && epochs.contains(where: \.isBest)
    try require(needsLast || last.isEmpty, "the last epoch's weights")
    try require(needsBest || best.isEmpty, "the best epoch's weights")
    lastWeights = needsLast ? last : nil
    bestWeights = needsBest ? best : nil
  }

  /// Numbers of an epoch's row.
  private static func columns(_ task: TrainingTask) -> Int { 2 * (1 + task.metrics.count) + 2 }

  private static func records(
    _ integers: [String: Safetensors.IntegerTensor], _ task: TrainingTask, on split: Split
  ) throws -> [EpochRecord] {
    let (columns, metrics) = (columns(task), task.metrics.count)
    guard integers.count == 1, let table = integers["epochs"], table.shape.count == 2,
      table.shape[1] == columns, table.shape[0] <= mostEpochs
    else { throw ResumeError(.damaged("the table of epochs has the wrong shape")) }
    var records: [EpochRecord] = []
    records.reserveCapacity(table.shape[0])
    var best: Double?
    for start in stride(from: 0, to: table.values.count, by: columns) {
      let row = table.values[start..<start + columns].map { Double(bitPattern: UInt64(bitPattern: $0)) }
      func score(at start: Int) -> Score {
        Score(loss: row[start], task.metrics, values: Array(row[(start + 1)...(start + metrics)]))
      }
      let (train, evaluation) = (score(at: 0), score(at: metrics + 1))
      let (rate, seconds) = (row[columns - 2], row[columns - 1])
      let epoch = records.count + 1
      let isBest = task.metric.isImprovement(evaluation.values[0], over: best)
      guard train.loss.isFinite, train.isPossible, evaluation.isPossible, rate.isFinite, isTime(seconds)
      else { throw ResumeError(.damaged("epoch \(epoch) has values out of range")) }
      records.append(
        EpochRecord(
          epoch: epoch, train: train, evaluation: evaluation, on: split, learningRate: rate, seconds: seconds,
          isBest: isBest,
          epochsWithoutImprovement: isBest ? 0 : (records.last?.epochsWithoutImprovement ?? 0) + 1))
      if isBest { best = evaluation.values[0] }
    }
    return records
  }

  /// Less than a thousand years.
  private static func isTime(_ seconds: Double) -> Bool { (0...3e10).contains(seconds) }
}

extension Score {
  /// Whether every metric has a value that it can have.
  fileprivate var isPossible: Bool { zip(metrics, values).allSatisfy { $0.isPossible($1) } }
}
