import CKernels

/// A part of the working memory whose place the compiler chooses: a value between two layers, a gradient, scratch.
struct Buffer: Hashable {
  let id: Int
  /// Whether it holds bfloat16 numbers, two in the space of a float.
  var isNarrow = false
}

/// The requirements of a buffer, before it has a place.
struct BufferSpecification {
  /// The number of a buffer's copies.
  enum Copies {
    /// One for the whole batch.
    case one
    /// One for each group of images; see ``GradientGroups``.
    case perGroup
    case perImage
  }

  /// The number of floats.
  var elements: Int
  var copies: Copies
  /// Whether a thread finds the contents that it left at the previous image; only within one region.
  var outlivesImages = false
}

/// The place of a buffer, in floats from the start of the batch's or the thread's memory.
struct BufferSlot {
  var elements: Int
  var offset: Int
  /// The distance between copies; 0 if there is one copy.
  var imageStride: Int
  var groupStride: Int
  var isPerWorker: Bool
}

/// The buffers of a plan, in the order of their creation.
struct BufferList {
  private(set) var specifications: [BufferSpecification] = [
    BufferSpecification(elements: 0, copies: .perImage)
  ]

  /// A batch's images, which are outside the plan's memory.
  static let images = Buffer(id: 0)

  mutating func perImage(_ elements: Int) -> Buffer { add(elements, .perImage) }
  /// A buffer for sums over a group's images, read in group order by a later region.
  mutating func perGroup(_ elements: Int) -> Buffer { add(elements, .perGroup) }
  /// A buffer that a thread keeps from image to image, or from part to part; used within one region.
  mutating func perWorker(_ elements: Int) -> Buffer {
    specifications.append(BufferSpecification(elements: elements, copies: .perImage, outlivesImages: true))
    return Buffer(id: specifications.count - 1)
  }
  mutating func shared(_ elements: Int) -> Buffer { add(elements, .one) }

  private mutating func add(_ elements: Int, _ copies: BufferSpecification.Copies) -> Buffer {
    specifications.append(BufferSpecification(elements: elements, copies: copies))
    return Buffer(id: specifications.count - 1)
  }
}

/// A unit of work between two barriers, or a part of one.
///
/// Consecutive passes over images run image by image, so that the output of one is still in the cache for the next.
struct Pass {
  enum Work {
    /// For each image separately, on any thread.
    case images((Frame) -> Void)
    /// Like ``images``, adding to buffers of the image's group, in image order.
    case gradients((Frame) -> Void)
    /// 0 ..< count, divided among the threads.
    case split(count: Int, (Frame, Range<Int>) -> Void)
    /// Each task once, on any thread, in any order.
    case tasks([(Frame) -> Void])
    /// Once, when every image is done.
    case once((Frame) -> Void)
  }

  var work: Work
  /// All buffers that it reads or writes; their places in memory are derived from this.
  var buffers: [Buffer]

  /// Whether there is a barrier before and after it.
  var meets: Bool {
    switch work {
    case .images, .gradients: false
    case .split, .tasks, .once: true
    }
  }

  init(_ work: Work, _ buffers: [Buffer?]) {
    self.work = work
    self.buffers = buffers.compactMap { $0 }
  }
}

/// A pass's view of memory: that of its image on its thread.
struct Frame {
  unowned(unsafe) let run: Run
  let kernels: UnsafePointer<quire_kernels>
  /// The number of images of the batch.
  let count: Int
  private let places: UnsafeMutablePointer<Place>
  let worker: Int
  let image: Int
  /// In passes that add gradients: the image's group, and whether the image is the first or last of its group.
  var group = 0
  var isFirstOfGroup = false
  var isLastOfGroup = false

  init(run: Run, worker: Int, image: Int) {
    self.run = run
    self.worker = worker
    self.image = image
    kernels = run.kernels
    count = run.count
    places = run.places.pointer
  }

  /// A product of an image's matrices, whose sizes do not depend on the batch or the threads.
  func multiply(_ product: inout quire_product) {
    if run.usesOpenBLAS, let openBLAS = kernels.pointee.product_openblas, openBLAS(&product) != 0 { return }
    kernels.pointee.product(&product)
  }

  subscript(_ buffer: Buffer) -> UnsafeMutablePointer<Float> {
    let place = places[buffer.id]
    return place.base + image * place.imageStride + group * place.groupStride + worker * place.workerStride
  }

  /// Another image's copy of a buffer that is live across regions.
  subscript(_ buffer: Buffer, image image: Int) -> UnsafeMutablePointer<Float> {
    let place = places[buffer.id]
    return place.base + image * place.imageStride
  }

  /// The first group's copy of a buffer, and the distance between groups in floats.
  func groupCopies(of buffer: Buffer) -> (first: UnsafeMutablePointer<Float>, stride: Int) {
    let place = places[buffer.id]
    return (place.base, place.groupStride)
  }

  /// The first image's copy of a buffer that is live across regions, and the distance between images in floats.
  func copies(of buffer: Buffer) -> (first: UnsafeMutablePointer<Float>, stride: Int) {
    let place = places[buffer.id]
    return (place.base, place.imageStride)
  }

  /// The upper half of the counter for a layer's dropout in this batch; see ``RandomPurpose``.
  func dropoutCounter(node: Int) -> UInt64 {
    RandomPurpose.dropout.rawValue << 56 | (UInt64(truncatingIfNeeded: node) & 0xFF_FFFF) << 32
      | UInt64(truncatingIfNeeded: run.step) & 0xFFFF_FFFF
  }
}

extension UnsafeMutablePointer<Float> {
  /// The memory as doubles, for sums; such a buffer holds nothing else.
  var doubles: UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Double.self)
  }
}
