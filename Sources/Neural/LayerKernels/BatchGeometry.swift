/// The memory accesses of a convolution over all images of a batch, and its division into tasks for threads.
///
/// No result depends on the division of rows and columns, so it only has to be fine enough for many threads.
struct BatchGeometry {
  /// Output channels of a group or, backward, input channels of one phase, in panels of 16.
  struct Columns: Equatable {
    var phase = 0
    var group: Int
    var panels: Range<Int>
  }

  /// Some columns of some images.
  struct Task {
    var columns: Columns
    var images: Range<Int>
  }

  /// Some input channels of a tap's weights.
  struct Rows {
    var group: Int
    var tap: Int
    var channels: Range<Int>
  }

  /// The maximum number of panels in a task: few enough that their weights stay in a second-level cache.
  static let panelsAtOnce = 4
  /// The number of tasks that a division aims at, for many threads, unless they become too small to be worthwhile.
  private static let tasks = 32
  private static let fewestPixels = 64
  /// The maximum number of input channels in a task, and the minimum unless the layer has fewer.
  static let channelsAtOnce = 96
  private static let fewestChannels = 24
  /// Pixels whose gradients are multiplied together: 16 KiB per panel.
  private static let pixelsAtOnce = 256

  let inputStride: Int
  let outputStride: Int
  /// As in ``ConvolutionGeometry``, for every image.
  let rows: OffsetTable
  let outRows: OffsetTable
  let lines: OffsetTable
  let phases: [(rows: OffsetTable, outRows: OffsetTable)]
  let forward: [Task]
  let backward: [Task]
  let weights: [Rows]
  /// Images whose pixels are multiplied together in the weight gradients, and the number of such chunks.
  let imagesAtOnce: Int
  let chunks: Int
  /// 0, 1, … and 0 alone, as offsets.
  let channels: OffsetTable
  let origin: OffsetTable

  /// - Parameter inputStride: the distance in floats between the inputs of two images.
  ///
  /// `nil` if an offset does not fit 32 bits.
  init?(_ geometry: ConvolutionGeometry, inputStride: Int, batchSize: Int) {
    let c = geometry.convolution
    let outputStride = CacheLine.aligned(geometry.output.elements)
    let source = geometry.margins.isEmpty ? inputStride : CacheLine.aligned(geometry.paddedElements)
    let gradient =
      geometry.gradientMargins.isEmpty ? outputStride : CacheLine.aligned(geometry.paddedGradientElements)
    func repeated(_ table: OffsetTable, _ stride: Int) -> OffsetTable? {
      OffsetTable((0..<batchSize).flatMap { image in table.offsets.map { image * stride + $0 } })
    }
    guard let rows = repeated(geometry.rows, source), let outRows = repeated(geometry.outRows, outputStride),
      let lines = repeated(geometry.lines, source),
      let channels = OffsetTable(Array(0..<Self.channelsAtOnce)), let origin = OffsetTable([0])
    else { return nil }
    var phases: [(rows: OffsetTable, outRows: OffsetTable)] = []
    for phase in geometry.phases {
      guard let rows = repeated(phase.rows, gradient),
        let outRows = repeated(phase.outRows, CacheLine.aligned(geometry.input.elements))
      else { return nil }
      phases.append((rows, outRows))
    }
    self.inputStride = inputStride
    self.outputStride = outputStride
    self.rows = rows
    self.outRows = outRows
    self.lines = lines
    self.phases = phases
    forward = (0..<c.groups).flatMap {
      Self.tasks(
        group: $0, of: c.groups, columns: c.outChannels / c.groups, pixels: geometry.pixels,
        batchSize: batchSize)
    }
    backward = geometry.phases.indices.flatMap { phase in
      (0..<c.groups).flatMap {
        Self.tasks(
          phase: phase, group: $0, of: c.groups, columns: c.inChannels / c.groups,
          pixels: geometry.phases[phase].rows.count, batchSize: batchSize)
      }
    }
    let inputs = c.inChannels / c.groups
    let taps = geometry.taps.count
    let share = (inputs * taps * c.groups / Self.tasks + 7) / 8 * 8
    let channelsAtOnce = min(max(share, Self.fewestChannels), Self.channelsAtOnce)
    weights = (0..<c.groups).flatMap { group in
      (0..<taps).flatMap { tap in
        stride(from: 0, to: inputs, by: channelsAtOnce).map {
          Rows(group: group, tap: tap, channels: $0..<min(inputs, $0 + channelsAtOnce))
        }
      }
    }
    imagesAtOnce = min(batchSize, max(1, Self.pixelsAtOnce / geometry.pixels))
    chunks = (batchSize + imagesAtOnce - 1) / imagesAtOnce
    self.channels = channels
    self.origin = origin
  }

  /// The images of a chunk in a batch that may be short.
  func images(ofChunk number: Int, of count: Int) -> Range<Int> {
    min(number * imagesAtOnce, count)..<min((number + 1) * imagesAtOnce, count)
  }

  private static func tasks(
    phase: Int = 0, group: Int, of groups: Int, columns: Int, pixels: Int, batchSize: Int
  ) -> [Task] {
    let all = (columns + 15) / 16
    let blocks = (all + panelsAtOnce - 1) / panelsAtOnce
    let wanted = max(1, tasks / (blocks * groups))
    let possible = max(1, batchSize * pixels / fewestPixels)
    let chunks = min(wanted, possible, batchSize)
    return (0..<blocks).flatMap { block in
      (0..<chunks).map { chunk in
        Task(
          columns: Columns(
            phase: phase, group: group,
            panels: block * all / blocks..<(block + 1) * all / blocks),
          images: chunk * batchSize / chunks..<(chunk + 1) * batchSize / chunks)
      }
    }
  }
}
