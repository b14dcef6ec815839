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

  /// Rows of weights, by tap and input channel.
  struct Rows {
    var group: Int
    var rows: Range<Int>
  }

  /// The maximum number of panels in a task: few enough that their weights stay in a second-level cache.
  static let panelsAtOnce = 4
  /// The number of tasks that a division aims at, for many threads, unless they become too small to be worthwhile.
  private static let tasks = 32
  private static let fewestPixels = 64
  private static let rowsAtOnce = 24...96
  /// Pixels whose gradients are multiplied together: 32 KiB per panel.
  private static let pixelsAtOnce = 512

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
  /// Images whose pixels are multiplied together in the weight gradients.
  let imagesAtOnce: Int

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
      let lines = repeated(geometry.lines, source)
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
    let allRows = geometry.weightRows.count
    let share = (allRows * c.groups / Self.tasks + 23) / 24 * 24
    let rowsAtOnce = min(max(share, Self.rowsAtOnce.lowerBound), Self.rowsAtOnce.upperBound)
    weights = (0..<c.groups).flatMap { group in
      stride(from: 0, to: allRows, by: rowsAtOnce).map {
        Rows(group: group, rows: $0..<min(allRows, $0 + rowsAtOnce))
      }
    }
    imagesAtOnce = max(1, Self.pixelsAtOnce / geometry.pixels)
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
