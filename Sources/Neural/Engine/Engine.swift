import CKernels

/// A compiled model with its memory and threads: runs schedules. ``Plan`` is its public face.
final class Engine {
  let store: ParameterStore
  let memoryBytes: Int
  let parameters: UnsafeMutableBufferPointer<Float>
  let gradients: UnsafeMutableBufferPointer<Float>
  let statistics: UnsafeMutableBufferPointer<Float>
  let run: Run

  private let blueprint: Blueprint
  private let memory: EngineMemory
  private let pool: ThreadPool
  private let groups: UnsafeMutablePointer<Float>
  private let trainingPlaces: PlaceTable
  private let evaluationPlaces: PlaceTable

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
    groups = memory.take(trains ? blueprint.parameterFloats * Plan.gradientGroups : 0)
    statistics = UnsafeMutableBufferPointer(
      start: memory.take(store.statisticsCount), count: store.statisticsCount)
    let batch = memory.take(blueprint.batchFloats)
    let workers = memory.take(blueprint.threads * blueprint.workerFloats)
    let stride = blueprint.workerFloats
    evaluationPlaces = PlaceTable(blueprint.evaluation, batch: batch, workers: workers, workerStride: stride)
    trainingPlaces =
      blueprint.training.map { PlaceTable($0, batch: batch, workers: workers, workerStride: stride) }
      ?? evaluationPlaces
    run = Run(
      kernels: kernels, seed: request.seed, batchSize: request.options.batchSize,
      parameters: parameters.baseAddress ?? batch,
      statistics: statistics.baseAddress ?? batch, places: evaluationPlaces)
  }

  // MARK: Running

  func evaluate(images: UnsafePointer<Float>, count: Int, imageElements: Int) {
    run.places = evaluationPlaces
    execute(blueprint.evaluation, images: images, count: count, imageElements: imageElements)
  }

  func train(images: UnsafePointer<Float>, count: Int, imageElements: Int, step: Int) {
    guard let training = blueprint.training, let target = gradients.baseAddress else { return }
    run.places = trainingPlaces
    run.step = step
    execute(training, images: images, count: count, imageElements: imageElements)
    let stride = blueprint.parameterFloats
    pool.run(store.trainedCount) { _, part in
      quire_sum_parts(
        groups + part.lowerBound, Int64(Plan.gradientGroups), Int64(stride), Int64(part.count),
        target + part.lowerBound)
    }
  }

  private func execute(_ schedule: PassSchedule, images: UnsafePointer<Float>, count: Int, imageElements: Int)
  {
    run.places.setImages(images, elements: imageElements)
    run.count = count
    for region in schedule.regions {
      switch region {
      case .once(let body):
        body(frame(worker: 0))
      case .split(let parts, let body):
        pool.run(parts) { worker, part in body(frame(worker: worker), part) }
      case .images(let bodies, addsGradients: false):
        pool.run(count) { worker, images in
          for image in images { each(bodies, frame(worker: worker, image: image)) }
        }
      case .images(let bodies, addsGradients: true):
        pool.run(Plan.gradientGroups) { worker, groups in
          for group in groups {
            let images = group * count / Plan.gradientGroups..<(group + 1) * count / Plan.gradientGroups
            for image in images { each(bodies, frame(worker: worker, image: image, group: group)) }
          }
        }
      }
    }
  }

  private func frame(worker: Int, image: Int = 0, group: Int = 0) -> Frame {
    Frame(run: run, worker: worker, image: image, gradients: groups + group * blueprint.parameterFloats)
  }

  private func each(_ bodies: [(Frame) -> Void], _ frame: Frame) {
    for body in bodies { body(frame) }
  }
}
