import Support

extension TrainingOutline {
  /// Times a few training batches on dummy images, with the batch size, augmentation, threads and precision
  /// of the training run. The content of the images does not affect the time. The model keeps its weights.
  ///
  /// - Parameters:
  ///   - steps: number of timed batches, after one warm-up batch; the median is used.
  ///   - seconds: the time after which no further batch is started.
  /// - Throws: ``PlanError`` if there is not enough memory.
  public func measure(steps: Int = 4, seconds: Double = 2) throws -> StepTimes {
    let batch = min(data.batchSize, data.trainCount)
    let timed = max(1, steps)
    let set = try Self.madeUp(
      batch * (timed + 1), like: data.dataset)
    let stream = try BatchStream(
      set: set, pipeline: data.pipeline, mixing: data.mixing, batchSize: batch, dropLast: true, seed: 0)
    // At a rate of 0 nothing diverges, and a function of the notebook's is not called before the training.
    var recipe = recipe
    recipe.schedule = .custom { _ in 0 }
    let loop = try TrainingLoop(
      model, recipe, batchSize: data.batchSize, batchesPerEpoch: timed + 1, threads: threads, seed: 0,
      frozen: frozen)
    let clock = ContinuousClock()
    var times: [Double] = []
    do {
      try loop.epoch(0, of: stream) { batch in
        times.append(batch.seconds)
        if times.count > 1, times.reduce(0, +) > seconds { throw Enough() }
      }
    } catch is Enough {
    } catch let error as TrainingError where error.isDivergence {
      // The model's weights are not finite; the training will say so.
    }
    var evaluations: [Double] = []
    try BatchStream.evaluation(of: set, pipeline: data.pipeline, batchSize: batch).epoch(0, limit: 3) {
      batch in
      guard let input = batch.input else { return }
      let start = clock.now
      _ = try loop.plan.evaluate(images: input.images, targets: input.targets, count: batch.count)
      evaluations.append((clock.now - start).seconds)
    }
    return StepTimes(step: Self.median(times.dropFirst()), evaluation: Self.median(evaluations.dropFirst()))
  }

  private struct Enough: Error {}

  private static func madeUp(_ count: Int, like outline: DatasetOutline) throws -> ImageSet {
    let targets = madeUpTargets(count, outline.targets)
    if let columns = outline.table?.features.count {
      return try ImageSet(
        features: Array(repeating: 0.5, count: count * columns), featureCount: columns, targets: targets)
    }
    var random = RandomStream(seed: 0, .synthetic)
    let bytes = count * outline.bytesPerSample
    var pixels: [UInt8] = []
    pixels.reserveCapacity(bytes + 3)
    while pixels.count < bytes {
      let bits = random.next32()
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        pixels.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    pixels.removeLast(pixels.count - bytes)
    return try ImageSet(
      size: outline.imageSize, colorMode: outline.colorMode, pixels: pixels, targets: targets)
  }

  private static func madeUpTargets(_ count: Int, _ targets: TargetNames) -> ImageTargets {
    switch targets {
    case .classes(let names): .labels((0..<count).map { Int32($0 % max(1, names.count)) })
    case .values(let names):
      .values([Float](repeating: 0, count: count * names.count), perImage: names.count)
    }
  }

  private static func median(_ times: ArraySlice<Double>) -> Double {
    let sorted = times.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
