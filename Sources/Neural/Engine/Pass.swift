import CKernels

/// A piece of working memory that the compiler places: a value between two layers, a gradient, scratch.
struct Buffer: Hashable {
  let id: Int
  /// Whether it holds bfloat16 numbers, two in the place of a float.
  var isNarrow = false
}

/// What a buffer holds, before it has a place.
struct BufferSpecification {
  /// Floats.
  var elements: Int
  /// One copy for each image, or one for the whole batch.
  var isPerImage: Bool
  /// Whether a thread finds in it what it left there at the image before; all in one region.
  var outlivesImages = false
}

/// The buffers of a plan, in the order they were asked for.
struct BufferList {
  private(set) var specifications: [BufferSpecification] = [
    BufferSpecification(elements: 0, isPerImage: true)
  ]

  /// The images a step is given; they lie outside the plan's memory.
  static let images = Buffer(id: 0)

  mutating func perImage(_ elements: Int) -> Buffer { add(elements, isPerImage: true) }
  /// For passes that add up over a group's images; used within one region.
  mutating func perWorker(_ elements: Int) -> Buffer {
    specifications.append(BufferSpecification(elements: elements, isPerImage: true, outlivesImages: true))
    return Buffer(id: specifications.count - 1)
  }
  mutating func shared(_ elements: Int) -> Buffer { add(elements, isPerImage: false) }

  private mutating func add(_ elements: Int, isPerImage: Bool) -> Buffer {
    specifications.append(BufferSpecification(elements: elements, isPerImage: isPerImage))
    return Buffer(id: specifications.count - 1)
  }
}

/// A unit of work between two points at which all threads meet, or a part of one.
///
/// Passes over images that follow each other are run image by image, so that what one writes the next
/// finds in the cache.
struct Pass {
  enum Work {
    /// For each image by itself, on any thread.
    case images((Frame) -> Void)
    /// As ``images``, adding to the weight gradients of the image's group, in the order of the images.
    case gradients((Frame) -> Void)
    /// 0 ..< count shared out over the threads.
    case split(count: Int, (Frame, Range<Int>) -> Void)
    /// Each of them once, on any thread, in any order.
    case tasks([(Frame) -> Void])
    /// Once, when every image is done.
    case once((Frame) -> Void)
  }

  var work: Work
  /// Every buffer that it reads or writes: their places in memory follow from this.
  var buffers: [Buffer]

  /// Whether all threads meet before and after it.
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

/// What a pass sees: the memory of its image on its thread.
struct Frame {
  unowned(unsafe) let run: Run
  let worker: Int
  let image: Int
  /// Where weight gradients are added: the arena of the image's group.
  let gradients: UnsafeMutablePointer<Float>
  /// In passes that add gradients: whether the image is the first or last of its group.
  var isFirstOfGroup = false
  var isLastOfGroup = false

  var kernels: UnsafePointer<quire_kernels> { run.kernels }
  var count: Int { run.count }

  /// The product of an image's matrices, whose sizes do not depend on the batch or the threads.
  func multiply(_ product: inout quire_product) {
    if run.usesOpenBLAS, let openBLAS = kernels.pointee.product_openblas, openBLAS(&product) != 0 { return }
    kernels.pointee.product(&product)
  }

  subscript(_ buffer: Buffer) -> UnsafeMutablePointer<Float> {
    let place = run.places.pointer[buffer.id]
    return place.base + image * place.imageStride + worker * place.workerStride
  }

  /// Another image's copy of a buffer that outlives a region.
  subscript(_ buffer: Buffer, image image: Int) -> UnsafeMutablePointer<Float> {
    let place = run.places.pointer[buffer.id]
    return place.base + image * place.imageStride
  }

  /// The first image's copy of a buffer that outlives a region, and the floats between images.
  func copies(of buffer: Buffer) -> (first: UnsafeMutablePointer<Float>, stride: Int) {
    let place = run.places.pointer[buffer.id]
    return (place.base, place.imageStride)
  }

  /// The counter's upper half for a layer's dropout in this step; see ``RandomPurpose``.
  func dropoutCounter(node: Int) -> UInt64 {
    RandomPurpose.dropout.rawValue << 56 | (UInt64(truncatingIfNeeded: node) & 0xFF_FFFF) << 32
      | UInt64(truncatingIfNeeded: run.step) & 0xFFFF_FFFF
  }
}

extension UnsafeMutablePointer<Float> {
  /// The same memory as doubles; used for sums, in buffers that hold nothing else.
  var doubles: UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Double.self)
  }
}
