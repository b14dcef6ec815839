import CKernels

/// A compiled model with its memory and threads: runs schedules. ``Plan`` is its public face.
final class Engine {
  let store: ParameterStore
  let memoryBytes: Int
  let parameters: UnsafeMutableBufferPointer<Float>
  let gradients: UnsafeMutableBufferPointer<Float>
  let statistics: UnsafeMutableBufferPointer<Float>
  let run: Run
  /// The metrics of the objective's task.
  var metrics: MetricTerms { blueprint.metrics }

  private let blueprint: Blueprint
  private let memory: EngineMemory
  private let pool: ThreadPool
  /// The batch's and the threads'.
  private let workingMemory: UnsafeBufferPointer<Float>
  private let trainingPlaces: PlaceTable
  private let evaluationPlaces: PlaceTable
  private let observationPlaces: PlaceTable?
  /// The region that the threads are at, and whether it takes the images from the last to the first: every
  /// other one does, so that it begins with what the one before has left in the cache.
  private var current = PassSchedule.Region.split(count: 0) { _, _ in }
  private var goesBack = false

  init(_ graph: ModelGraph, model: String, request: EngineRequest) throws {
    let kernels = try InstructionSet.kernels(named: request.kernels, model: model)
    blueprint = try Blueprint(graph, model: model, request: request)
    store = blueprint.store
    memoryBytes = blueprint.bytes
    guard memoryBytes <= EngineMemory.physical, let memory = EngineMemory(floats: blueprint.floats) else {
      throw PlanError(fact: .memory(needed: memoryBytes, available: EngineMemory.physical), model: model)
    }
    guard let pool = ThreadPool(threads: request.threads) else {
      throw PlanError(fact: .threads(request.threads), model: model)
    }
    (self.memory, self.pool) = (memory, pool)
    memory.clear(with: pool)

    let trained = store.trainedCount
    let trains = blueprint.training != nil
    parameters = UnsafeMutableBufferPointer(start: memory.take(trained), count: trained)
    gradients = UnsafeMutableBufferPointer(
      start: memory.take(trains ? trained : 0), count: trains ? trained : 0)
    statistics = UnsafeMutableBufferPointer(
      start: memory.take(store.statisticsCount), count: store.statisticsCount)
    let batch = memory.take(blueprint.batchFloats)
    let workers = memory.take(blueprint.threads * blueprint.workerFloats)
    let stride = blueprint.workerFloats
    workingMemory = UnsafeBufferPointer(start: batch, count: workers - batch + blueprint.threads * stride)
    evaluationPlaces = PlaceTable(
      blueprint.evaluation.slots, batch: batch, workers: workers, workerStride: stride)
    trainingPlaces =
      blueprint.training.map {
        PlaceTable($0.slots, batch: batch, workers: workers, workerStride: stride)
      }
      ?? evaluationPlaces
    observationPlaces = blueprint.observation.map {
      PlaceTable($0.slots, batch: batch, workers: workers, workerStride: stride)
    }
    run = Run(
      kernels: kernels, usesOpenBLAS: request.usesOpenBLAS, seed: request.seed,
      batchSize: request.options.batchSize, termsPerSample: blueprint.metrics.termsPerSample,
      parameters: parameters.baseAddress ?? batch, gradients: gradients.baseAddress ?? batch,
      statistics: statistics.baseAddress ?? batch, places: evaluationPlaces)
  }

  // MARK: Running

  func evaluate(images: UnsafePointer<Float>, count: Int, imageElements: Int) {
    run.places = evaluationPlaces
    execute(blueprint.evaluation, images: images, count: count, imageElements: imageElements)
  }

  func train(images: UnsafePointer<Float>, count: Int, imageElements: Int, step: Int) {
    guard let training = blueprint.training else { return }
    run.places = trainingPlaces
    run.step = step
    execute(training, images: images, count: count, imageElements: imageElements)
  }

  /// Runs the forward passes of a training and takes the batch into the running statistics: each becomes the mean over
  /// the batches so far.
  ///
  /// - Parameters:
  ///   - step: with the seed, determines the random numbers of dropout.
  ///   - batch: the number of the batch, from 0.
  func observe(images: UnsafePointer<Float>, count: Int, imageElements: Int, step: Int, batch: Int) {
    guard let observation = blueprint.observation, let places = observationPlaces else { return }
    run.places = places
    run.step = step
    run.statisticsMomentum = 1 / Double(batch + 1)
    execute(observation, images: images, count: count, imageElements: imageElements)
    run.statisticsMomentum = nil
  }

  private func execute(_ schedule: PassSchedule, images: UnsafePointer<Float>, count: Int, imageElements: Int)
  {
    run.places.setImages(images, elements: imageElements)
    run.count = count
    goesBack = false
    for (index, region) in schedule.regions.enumerated() {
      if RedZones.exist { openBuffers(of: index, in: schedule) }
      perform(region)
    }
  }

  /// Has all threads work on a region and waits for them.
  func perform(_ region: PassSchedule.Region) {
    if case .once(let body) = region { return body(frame(worker: 0)) }
    current = region
    if case .images = region { goesBack.toggle() }
    pool.run(Unmanaged.passUnretained(self).toOpaque()) { engine, worker in
      guard let engine else { return }
      Unmanaged<Engine>.fromOpaque(engine).takeUnretainedValue().work(Int(worker))
    }
  }

  /// Leaves a region the buffers that its passes have named, and nothing else of the working memory.
  private func openBuffers(of region: Int, in schedule: PassSchedule) {
    RedZones.close(workingMemory.baseAddress, workingMemory.count)
    for buffer in schedule.buffersOfRegions[region] {
      guard let slot = schedule.slots[buffer] else { continue }
      let place = run.places.pointer[buffer]
      let copies =
        slot.isPerWorker
        ? pool.threads
        : slot.imageStride > 0
          ? run.count : slot.groupStride > 0 ? GradientGroups.count(images: run.count) : 1
      let stride = place.imageStride + place.groupStride + place.workerStride
      for copy in 0..<copies {
        RedZones.open(place.base + copy * stride, slot.elements)
      }
    }
  }

  /// One thread's share of the current region.
  private func work(_ worker: Int) {
    switch current {
    case .once: break
    case .split(let count, let body):
      let part = pool.part(worker, of: count)
      if !part.isEmpty { body(frame(worker: worker), part) }
    case .tasks(let bodies):
      while let task = claim(bodies.count) { bodies[task](frame(worker: worker)) }
    case .images(let region):
      region.addsGradients ? workOnGroups(region, worker) : workOnImages(region, worker)
    }
  }

  private func workOnImages(_ region: PassSchedule.ImageWork, _ worker: Int) {
    func image(_ claimed: Int) -> Int { goesBack ? run.count - 1 - claimed : claimed }
    while let claimed = claim(run.count) {
      fetchAhead(region, for: image(claimed), next: image(claimed + pool.threads))
      each(region.bodies, frame(worker: worker, image: image(claimed)))
    }
  }

  private func workOnGroups(_ region: PassSchedule.ImageWork, _ worker: Int) {
    let groups = GradientGroups.count(images: run.count)
    func images(_ claimed: Int) -> (group: Int, range: Range<Int>) {
      let group = goesBack ? groups - 1 - claimed : claimed
      return (group, GradientGroups.images(group, of: run.count))
    }
    func image(_ index: Int, of range: Range<Int>) -> Int {
      goesBack ? range.upperBound - 1 - index : range.lowerBound + index
    }
    while let claimed = claim(groups) {
      let (group, range) = images(claimed)
      for index in 0..<range.count {
        var frame = frame(worker: worker, image: image(index, of: range))
        frame.group = group
        frame.isFirstOfGroup = index == 0
        frame.isLastOfGroup = index == range.count - 1
        fetchAhead(
          region, for: frame.image,
          next: frame.isLastOfGroup
            ? image(0, of: images(claimed + pool.threads).range) : image(index + 1, of: range))
        each(region.bodies, frame)
      }
    }
  }

  /// Tells the products what the thread will write for this image and, most likely, read for the next.
  private func fetchAhead(_ region: PassSchedule.ImageWork, for image: Int, next: Int) {
    quire_ahead_clear()
    fetch(region.written, of: image)
    if (0..<run.count).contains(next) { fetch(region.read, of: next) }
  }

  private func fetch(_ buffers: [(buffer: Int, bytes: Int)], of image: Int) {
    for (buffer, bytes) in buffers {
      let place = run.places.pointer[buffer]
      quire_ahead_add(place.base + image * place.imageStride, Int64(bytes))
    }
  }

  private func claim(_ count: Int) -> Int? {
    let next = pool.claim()
    return next < count ? next : nil
  }

  private func frame(worker: Int, image: Int = 0) -> Frame {
    Frame(run: run, worker: worker, image: image)
  }

  private func each(_ bodies: [ImageBody], _ frame: Frame) {
    // Counting references of closures that all threads call would take as long as passes over small images.
    bodies.withUnsafeBufferPointer { bodies in
      for index in bodies.indices {
        Unmanaged.passUnretained(bodies[index])._withUnsafeGuaranteedRef { $0.run(frame) }
      }
    }
  }
}
