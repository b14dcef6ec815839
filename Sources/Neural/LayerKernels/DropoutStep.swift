import CKernels

/// Dropout of elements or whole channels. The same random numbers are drawn again whenever they are needed, so no
/// mask is stored.
struct DropoutStep: PlanStep {
  private let p: Double
  private let wholeChannels: Bool
  private let node: Int
  private let shape: Shape
  private let factors: Buffer

  /// - Parameter node: the operation's index in the graph, on which the random numbers depend.
  init(node: Int, shape: Shape, p: Double, wholeChannels: Bool, buffers: inout BufferList) {
    self.p = p
    self.wholeChannels = wholeChannels
    self.node = node
    self.shape = shape
    factors = buffers.perImage(wholeChannels ? shape.channels : 0)
  }

  var isTrained: Bool { false }
  var isCheap: Bool { true }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (false, false) }
  var groupedGradients: [GroupedGradient] { [] }

  func prepare(_ phase: Phase) -> [Preparation] { [] }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    return [Pass(.images { f in apply(f, f[input], f[output]) }, [input, output, factors])]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    guard let dx = gradients.input else { return [] }
    return [Pass(.images { f in apply(f, f[gradients.output], f[dx]) }, [gradients.output, dx, factors])]
  }

  private func apply(_ f: Frame, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    let high = f.dropoutCounter(node: node)
    let low = UInt32(truncatingIfNeeded: f.image)
    if wholeChannels {
      quire_dropout_channels(f[factors], Int64(shape.channels), Float(p), f.run.seed, high, low)
      f.kernels.pointee.scale_channels(
        x, f[factors], y, Int64(shape.height * shape.width), Int64(shape.channels))
    } else {
      f.kernels.pointee.dropout(x, y, Int64(shape.elements), Float(p), f.run.seed, high, low)
    }
  }
}
