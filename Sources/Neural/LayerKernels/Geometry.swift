import CKernels

/// Offsets in floats, for the kernels.
final class OffsetTable {
  let pointer: UnsafeMutablePointer<Int32>
  let count: Int

  /// `nil` if an offset does not fit 32 bits.
  init?(_ offsets: [Int]) {
    guard offsets.allSatisfy({ Int32(exactly: $0) != nil }) else { return nil }
    count = offsets.count
    pointer = .allocate(capacity: max(1, count))
    for (index, offset) in offsets.enumerated() { pointer[index] = Int32(truncatingIfNeeded: offset) }
  }

  deinit { pointer.deallocate() }

  var offsets: [Int] { (0..<count).map { Int(pointer[$0]) } }
}

/// The zero padding around an image, in pixels.
struct Margins: Equatable {
  var top = 0
  var bottom = 0
  var left = 0
  var right = 0
  var isEmpty: Bool { self == Margins() }
}

/// The memory accesses of a convolution: offsets into the padded input for the forward pass and the weight
/// gradients, and into the padded output gradient for the input gradient.
///
/// The input gradient is a convolution too. With a stride, its pixels fall into phases: those of one phase use the
/// same taps, so none is multiplied by zeros.
struct ConvolutionGeometry {
  /// Input pixels that use the same taps.
  struct Phase {
    /// By pixel: the offset into the padded output gradient, and into the input gradient.
    var rows: OffsetTable
    var outRows: OffsetTable
    /// By tap: the offset into the padded output gradient relative to a row, and the tap's number; for narrow groups,
    /// by tap and output of a group.
    var taps: OffsetTable
    var tapNumbers: [Int]
    /// Taps whose gradients are adjacent in memory, as one: the offsets of the first ones, and the number of taps.
    var runs: OffsetTable
    var runLength: Int
  }

  let convolution: Convolution
  let input: Shape
  let output: Shape
  let margins: Margins
  /// By output pixel: the offset into the padded input, and into the output.
  let rows: OffsetTable
  let outRows: OffsetTable
  /// By tap: the offset into the padded input relative to a row.
  let taps: OffsetTable
  /// Taps whose inputs are adjacent in memory, as one: the offsets of the first ones, and the number of taps.
  let runs: OffsetTable
  let runLength: Int
  /// By output row: the offset into the padded input.
  let lines: OffsetTable
  /// By tap and channel of a group: the offset into the padded input, and into the weights.
  let weightRows: OffsetTable
  let weightOutRows: OffsetTable
  /// The distance in floats, in the padded input, between neighbours in an output row.
  let step: Int

  let gradientMargins: Margins
  let phases: [Phase]

  /// The number of inputs of a narrow group. Some channels of an image are spread at a time: [y][input][x][channel], with
  /// that input of its group in place of each channel. Every tap is then one for each input.
  let planes: Int

  var pixels: Int { output.height * output.width }
  var paddedElements: Int { Self.padded(input, margins) }
  var paddedGradientElements: Int { Self.padded(output, gradientMargins) }

  private static func padded(_ shape: Shape, _ margins: Margins) -> Int {
    (margins.top + shape.height + margins.bottom) * (margins.left + shape.width + margins.right)
      * shape.channels
  }

  /// `nil` if an offset does not fit 32 bits.
  init?(_ c: Convolution, input: Shape, output: Shape) {
    let kernel = Array(0..<c.kernelSize)
    func excess(_ size: Int, _ out: Int) -> Int {
      max(0, (out - 1) * c.stride + c.dilation * (c.kernelSize - 1) + 1 - size - c.padding)
    }
    let margins = Margins(
      top: c.padding, bottom: excess(input.height, output.height), left: c.padding,
      right: excess(input.width, output.width))
    let width = margins.left + input.width + margins.right
    guard Self.padded(input, margins) < Int(Int32.max), output.elements < Int(Int32.max) else { return nil }
    let inputs = c.inChannels / c.groups
    let outputs = c.outChannels / c.groups
    let planes = c.isChannelwise ? c.inChannels / c.groups : 1
    let channels = planes == 1 ? c.inChannels : Int(QUIRE_SPREAD)
    let tapOffsets = kernel.flatMap { y in
      kernel.flatMap { x in
        (0..<planes).map { ((y * c.dilation * planes + $0) * width + x * c.dilation) * channels }
      }
    }
    let pixels = (0..<output.height).flatMap { y in (0..<output.width).map { x in (y, x) } }
    let isChannelwise = c.isChannelwise
    let runLength = c.dilation == 1 && c.groups == 1 ? c.kernelSize : 1
    guard let taps = OffsetTable(tapOffsets),
      let runs = OffsetTable(stride(from: 0, to: tapOffsets.count, by: runLength).map { tapOffsets[$0] }),
      let rows = OffsetTable(pixels.map { ($0.0 * planes * width + $0.1) * c.stride * channels }),
      let outRows = OffsetTable(pixels.indices.map { $0 * c.outChannels }),
      let lines = OffsetTable((0..<output.height).map { $0 * c.stride * planes * width * channels }),
      let weightRows = OffsetTable(
        isChannelwise ? [] : tapOffsets.flatMap { tap in (0..<inputs).map { tap + $0 } }),
      let weightOutRows = OffsetTable(
        isChannelwise ? [] : (0..<tapOffsets.count * inputs).map { $0 * outputs })
    else { return nil }
    self.convolution = c
    self.input = input
    self.output = output
    self.margins = margins
    self.rows = rows
    self.outRows = outRows
    self.taps = taps
    self.runs = runs
    self.runLength = runLength
    self.lines = lines
    self.weightRows = weightRows
    self.weightOutRows = weightOutRows
    self.planes = planes
    step = c.stride * c.inChannels

    let vertical = Self.meetings(c, size: input.height)
    let horizontal = Self.meetings(c, size: input.width)
    let gradientMargins = Margins(
      top: Self.before(vertical), bottom: Self.after(vertical, output.height), left: Self.before(horizontal),
      right: Self.after(horizontal, output.width))
    guard Self.padded(output, gradientMargins) < Int(Int32.max) else { return nil }
    let gradientChannels = planes == 1 ? c.outChannels : channels
    let gradientWidth = gradientMargins.left + output.width + gradientMargins.right
    var phases: [Phase] = []
    for v in vertical {
      for h in horizontal {
        let places = (0..<v.count).flatMap { i in (0..<h.count).map { j in (i, j) } }
        let taps = v.taps.flatMap { y in
          h.taps.flatMap { x in
            (0..<planes).map { plane in
              (
                number: (y.number * c.kernelSize + x.number) * planes + plane,
                offset: ((y.offset * planes + plane) * gradientWidth + x.offset) * gradientChannels
              )
            }
          }
        }
        let tapOffsets = taps.map(\.offset)
        let runLength = c.groups == 1 && h.isAdjacent ? h.taps.count : 1
        guard
          let rows = OffsetTable(
            places.map { i, j in
              ((i + gradientMargins.top) * planes * gradientWidth + j + gradientMargins.left)
                * gradientChannels
            }),
          let outRows = OffsetTable(
            places.map { i, j in
              ((i * c.stride + v.phase) * input.width + j * c.stride + h.phase) * c.inChannels
            }),
          let offsets = OffsetTable(tapOffsets),
          let runs = OffsetTable(stride(from: 0, to: taps.count, by: runLength).map { tapOffsets[$0] })
        else { return nil }
        phases.append(
          Phase(
            rows: rows, outRows: outRows, taps: offsets,
            tapNumbers: taps.map(\.number), runs: runs,
            runLength: runLength))
      }
    }
    self.gradientMargins = gradientMargins
    self.phases = phases
  }

  /// Along one axis: the coordinates phase, phase + stride, … and the taps that reach them. `offset` is the
  /// position in the output relative to the coordinate's index within the phase.
  private struct Meeting {
    var phase: Int
    var count: Int
    var taps: [(number: Int, offset: Int)]

    /// Whether each tap's offset follows that of the tap before.
    var isAdjacent: Bool {
      !taps.isEmpty && zip(taps, taps.dropFirst()).allSatisfy { $1.offset == $0.offset + 1 }
    }
  }

  private static func meetings(_ c: Convolution, size: Int) -> [Meeting] {
    (0..<min(c.stride, size)).map { phase in
      Meeting(
        phase: phase, count: (size - phase - 1) / c.stride + 1,
        taps: (0..<c.kernelSize).reversed().compactMap { tap in
          let distance = phase + c.padding - tap * c.dilation
          return distance.isMultiple(of: c.stride) ? (tap, distance / c.stride) : nil
        })
    }
  }

  private static func before(_ meetings: [Meeting]) -> Int {
    meetings.flatMap(\.taps).reduce(0) { max($0, -$1.offset) }
  }

  private static func after(_ meetings: [Meeting], _ size: Int) -> Int {
    meetings.reduce(0) { most, m in m.taps.reduce(most) { max($0, m.count - 1 + $1.offset - (size - 1)) } }
  }
}
