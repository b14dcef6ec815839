import CKernels

/// Where a buffer begins and how far apart its copies are, in floats.
struct Place {
  var base: UnsafeMutablePointer<Float>
  var imageStride = 0
  var groupStride = 0
  var workerStride = 0
}

/// The places of a schedule's buffers, by buffer.
final class PlaceTable {
  let pointer: UnsafeMutablePointer<Place>

  init(
    _ slots: [BufferSlot?], batch: UnsafeMutablePointer<Float>, workers: UnsafeMutablePointer<Float>,
    workerStride: Int
  ) {
    pointer = .allocate(capacity: slots.count)
    for (index, slot) in slots.enumerated() {
      var place = Place(base: batch)
      if let slot {
        place.base = (slot.isPerWorker ? workers : batch) + slot.offset
        place.imageStride = slot.imageStride
        place.groupStride = slot.groupStride
        place.workerStride = slot.isPerWorker ? workerStride : 0
      }
      (pointer + index).initialize(to: place)
    }
  }

  deinit { pointer.deallocate() }

  /// The images of a step; they are only read.
  func setImages(_ images: UnsafePointer<Float>, elements: Int) {
    pointer[BufferList.images.id] = Place(base: UnsafeMutablePointer(mutating: images), imageStride: elements)
  }
}

/// The state that all passes of a step share: the batch, the memory, and the results.
final class Run {
  let kernels: UnsafePointer<quire_kernels>
  /// Whether products may go through OpenBLAS.
  let usesOpenBLAS: Bool
  let seed: UInt64
  let parameters: UnsafeMutablePointer<Float>
  /// The gradients of all trained parameters, in the same layout.
  let gradients: UnsafeMutablePointer<Float>
  let statistics: UnsafeMutablePointer<Float>
  var places: PlaceTable
  var count = 0
  var step = 0
  /// The weight of this batch in the running statistics; `nil` for the layers' own.
  var statisticsMomentum: Double?
  var targets: BatchTargets?
  /// The sum of the samples' weights in the loss.
  var totalWeight: Double = 1
  /// By sample: the loss, and the terms of the task's metrics.
  let losses: UnsafeMutablePointer<Double>
  let metricTerms: UnsafeMutablePointer<Double>
  /// Where to copy the model's output to, if it is wanted.
  var output: UnsafeMutablePointer<Float>?
  /// The gradient of the output in place of a loss.
  var outputGradient: UnsafePointer<Float>?
  /// For tests: where the images' gradient goes.
  var inputGradient: UnsafeMutablePointer<Float>?

  init(
    kernels: UnsafePointer<quire_kernels>, usesOpenBLAS: Bool, seed: UInt64, batchSize: Int,
    termsPerSample: Int, parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    statistics: UnsafeMutablePointer<Float>, places: PlaceTable
  ) {
    self.kernels = kernels
    self.usesOpenBLAS = usesOpenBLAS
    self.seed = seed
    self.parameters = parameters
    self.gradients = gradients
    self.statistics = statistics
    self.places = places
    losses = .allocate(capacity: batchSize)
    metricTerms = .allocate(capacity: batchSize * termsPerSample)
    losses.initialize(repeating: 0, count: batchSize)
    metricTerms.initialize(repeating: 0, count: batchSize * termsPerSample)
  }

  deinit {
    losses.deallocate()
    metricTerms.deallocate()
  }
}
