/// The passes in order, divided into regions with barriers in between, with a place for every buffer.
///
/// A buffer that is live within one region over images needs space for one image per thread; all others need space
/// for the batch. Buffers of both kinds share memory if their lifetimes do not overlap.
struct PassSchedule {
  enum Region {
    case images(ImageWork)
    case split(count: Int, (Frame, Range<Int>) -> Void)
    case tasks([(Frame) -> Void])
    case once((Frame) -> Void)
  }

  /// The work on each image of a region.
  struct ImageWork {
    var bodies: [ImageBody]
    /// Whether images are processed by group, in a fixed order.
    var addsGradients: Bool
    /// The parts of an image's data that an earlier region wrote and this one reads, and those that it writes for a
    /// later region. The former are prefetched during the previous image; the latter, which the processor reads
    /// before writing, during the image itself. By buffer, in bytes.
    var read: [(buffer: Int, bytes: Int)] = []
    var written: [(buffer: Int, bytes: Int)] = []
  }

  private(set) var regions: [Region] = []
  /// By region: the buffers that its passes read or write.
  private(set) var buffersOfRegions: [Set<Int>] = []
  /// By buffer; `nil` for those that this schedule does not use.
  private(set) var slots: [BufferSlot?]
  /// The number of floats for the batch, and per thread.
  private(set) var batchFloats = 0
  private(set) var workerFloats = 0

  init(_ passes: [Pass], buffers: [BufferSpecification], batchSize: Int) {
    slots = Array(repeating: nil, count: buffers.count)
    cut(passes)
    let regionOfPass = Self.regionsOfPasses(passes)
    buffersOfRegions = Array(repeating: [], count: regions.count)
    for (region, pass) in zip(regionOfPass, passes) {
      buffersOfRegions[region].formUnion(pass.buffers.map(\.id))
    }
    let lives = lives(regionOfPass, passes, buffers)
    place(buffers, lives: lives, batchSize: batchSize)
    lookAhead(regionOfPass, passes, buffers, lives)
  }

  /// Fills `regions`.
  private mutating func cut(_ passes: [Pass]) {
    for pass in passes {
      switch pass.work {
      case .images(let body): extend(body, addsGradients: false)
      case .gradients(let body): extend(body, addsGradients: true)
      case .split(let count, let body): regions.append(.split(count: count, body))
      case .tasks(let bodies): regions.append(.tasks(bodies))
      case .once(let body): regions.append(.once(body))
      }
    }
  }

  /// The region of each pass.
  private static func regionsOfPasses(_ passes: [Pass]) -> [Int] {
    var region = -1
    var follows = false
    return passes.map { pass in
      if pass.meets || !follows { region += 1 }
      follows = !pass.meets
      return region
    }
  }

  private mutating func extend(_ body: @escaping (Frame) -> Void, addsGradients: Bool) {
    if case .images(var work) = regions.last {
      work.bodies.append(ImageBody(run: body))
      work.addsGradients = work.addsGradients || addsGradients
      regions[regions.count - 1] = .images(work)
    } else {
      regions.append(.images(ImageWork(bodies: [ImageBody(run: body)], addsGradients: addsGradients)))
    }
  }

  /// Fills each region's `read` and `written`, in the order of its passes.
  private mutating func lookAhead(
    _ regionOfPass: [Int], _ passes: [Pass], _ buffers: [BufferSpecification], _ lives: [Life?]
  ) {
    for (region, kind) in regions.enumerated() {
      guard case .images(var work) = kind else { continue }
      var seen: Set<Int> = []
      for index in passes.indices where regionOfPass[index] == region {
        for buffer in passes[index].buffers where seen.insert(buffer.id).inserted {
          guard let life = lives[buffer.id], life.regions.count > 1, buffers[buffer.id].copies == .perImage
          else { continue }
          let bytes = buffers[buffer.id].elements * MemoryLayout<Float>.stride
          guard bytes >= Self.worthFetching else { continue }
          if life.regions.lowerBound < region {
            work.read.append((buffer.id, bytes))
          } else {
            work.written.append((buffer.id, bytes))
          }
        }
      }
      regions[region] = .images(work)
    }
  }

  /// The minimum size in bytes; smaller data arrives soon enough without prefetching.
  private static let worthFetching = 4096

  /// The first and last pass and region that use a buffer.
  private struct Life {
    var passes: ClosedRange<Int>
    var regions: ClosedRange<Int>
  }

  private func lives(_ regionOfPass: [Int], _ passes: [Pass], _ buffers: [BufferSpecification]) -> [Life?] {
    var lives: [Life?] = Array(repeating: nil, count: buffers.count)
    for (index, pass) in passes.enumerated() {
      let region = regionOfPass[index]
      for buffer in pass.buffers {
        let first = lives[buffer.id]
        lives[buffer.id] = Life(
          passes: (first?.passes.lowerBound ?? index)...index,
          regions: (first?.regions.lowerBound ?? region)...region)
      }
    }
    // At the next image, the first pass of a region follows its last.
    for id in buffers.indices where buffers[id].outlivesImages {
      guard let region = lives[id]?.regions.lowerBound, let first = regionOfPass.firstIndex(of: region),
        let last = regionOfPass.lastIndex(of: region)
      else { continue }
      lives[id]?.passes = first...last
    }
    return lives
  }

  private func isPerWorker(_ life: Life, _ buffer: BufferSpecification) -> Bool {
    if buffer.outlivesImages { return true }
    guard buffer.copies == .perImage, life.regions.count == 1, case .images = regions[life.regions.lowerBound]
    else {
      return false
    }
    return true
  }

  /// Places buffers by first fit, largest first.
  private mutating func place(_ buffers: [BufferSpecification], lives: [Life?], batchSize: Int) {
    struct Placed {
      var life: ClosedRange<Int>
      var range: Range<Int>
    }
    var placed: (batch: [Placed], worker: [Placed]) = ([], [])
    func copies(of buffer: BufferSpecification) -> Int {
      switch buffer.copies {
      case .one: 1
      case .perGroup: GradientGroups.count(images: batchSize)
      case .perImage: batchSize
      }
    }
    func size(_ id: Int) -> Int {
      guard let life = lives[id] else { return 0 }
      let stride = CacheLine.aligned(buffers[id].elements)
      return stride * (isPerWorker(life, buffers[id]) ? 1 : copies(of: buffers[id])) + RedZones.floats
    }
    let order = buffers.indices.dropFirst().sorted { (size($0), $1) > (size($1), $0) }
    for id in order {
      guard let life = lives[id] else { continue }
      let perWorker = isPerWorker(life, buffers[id])
      let span = perWorker && !RedZones.exist ? life.passes : life.regions
      var offset = 0
      let rivals = (perWorker ? placed.worker : placed.batch).filter { $0.life.overlaps(span) }
      for rival in rivals.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        if offset + size(id) <= rival.range.lowerBound { break }
        offset = max(offset, rival.range.upperBound)
      }
      let new = Placed(life: span, range: offset..<offset + size(id))
      if perWorker { placed.worker.append(new) } else { placed.batch.append(new) }
      let stride = CacheLine.aligned(buffers[id].elements)
      slots[id] = BufferSlot(
        elements: buffers[id].elements, offset: offset,
        imageStride: perWorker || buffers[id].copies != .perImage ? 0 : stride,
        groupStride: buffers[id].copies == .perGroup ? stride : 0, isPerWorker: perWorker)
    }
    batchFloats = placed.batch.reduce(0) { max($0, $1.range.upperBound) }
    workerFloats = placed.worker.reduce(0) { max($0, $1.range.upperBound) }
  }
}
