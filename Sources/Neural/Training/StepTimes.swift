extension TrainingOutline {
  /// Takes a few steps on made-up images of the right shape, with the training's batches, augmentation, threads and
  /// precision: how long a step takes does not depend on what the images show. The model keeps its weights.
  ///
  /// - Parameters:
  ///   - steps: how many are timed, after one that is not; the median counts.
  ///   - seconds: no further step is begun after so long.
  /// - Throws: ``PlanError`` where there is no memory for it.
  public func measure(steps: Int = 4, seconds: Double = 2) throws -> StepTimes {
    let batch = min(data.batchSize, data.trainCount)
    let timed = max(1, steps)
    let set = try Self.madeUp(
      batch * (timed + 1), size: data.dataset.imageSize, classes: model.output.elements)
    let stream = try BatchStream(
      set: set, pipeline: data.pipeline, batchSize: batch, dropLast: true, seed: 0)
    let plan = try Plan(
      model, batchSize: data.batchSize, loss: recipe.loss, threads: threads, seed: 0,
      precision: recipe.precision)
    let slots = (0..<recipe.optimizer.slotCount).map { _ in FloatBuffer(zeros: plan.parameters.count) }
    defer { withExtendedLifetime(slots) {} }
    let buffers = slots.map(\.buffer)
    let clock = ContinuousClock()
    let start = clock.now
    var last = start
    var times: [Double] = []
    var count = 0
    try Self.untilEnough {
      try stream.epoch(0) { batch in
        guard let images = batch.images.baseAddress, let labels = batch.labels.baseAddress else { return }
        _ = try plan.trainStep(images: images, labels: labels, count: batch.count, step: count)
        recipe.gradientClipping?.apply(to: plan.gradients)
        count += 1
        recipe.optimizer.update(
          plan.parameters, gradients: UnsafeBufferPointer(plan.gradients), slots: buffers, time: count,
          learningRate: recipe.optimizer.learningRate)
        times.append((clock.now - last).seconds)
        last = clock.now
        if times.count > 1, (last - start).seconds > seconds { throw Enough() }
      }
    }
    var evaluations: [Double] = []
    try BatchStream.evaluation(of: set, pipeline: data.pipeline, batchSize: batch).epoch(0, limit: 3) {
      batch in
      guard let images = batch.images.baseAddress, let labels = batch.labels.baseAddress else { return }
      last = clock.now
      _ = try plan.evaluate(images: images, labels: labels, count: batch.count)
      evaluations.append((clock.now - last).seconds)
    }
    return StepTimes(step: Self.median(times.dropFirst()), evaluation: Self.median(evaluations.dropFirst()))
  }

  private struct Enough: Error {}

  private static func untilEnough(_ body: () throws -> Void) throws {
    do { try body() } catch is Enough {}
  }

  private static func madeUp(_ count: Int, size: ImageSize, classes: Int) throws -> ImageSet {
    var random = RandomStream(seed: 0, .synthetic)
    let bytes = count * size.pixels * 3
    var pixels: [UInt8] = []
    pixels.reserveCapacity(bytes + 3)
    while pixels.count < bytes {
      let bits = random.next32()
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        pixels.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    pixels.removeLast(pixels.count - bytes)
    return try ImageSet(size: size, pixels: pixels, labels: (0..<count).map { Int32($0 % max(1, classes)) })
  }

  private static func median(_ times: ArraySlice<Double>) -> Double {
    let sorted = times.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
