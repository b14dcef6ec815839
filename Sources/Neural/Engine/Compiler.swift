/// Turns a model's graph into steps; nothing is allocated. ``Tape`` turns the steps into passes.
///
/// Patterns it knows: BatchNorm with the ReLU and Dropout2d behind it is one step; Dropout(0) and, in
/// evaluation, every dropout is nothing at all, as is Flatten where channels are the only dimension left. An
/// evaluation's BatchNorm is multiplied into the convolution before it.
struct Compiler {
  struct Options {
    var batchSize: Int
    /// Whether the steps are a training's, or compute the same as an evaluation does.
    var trains = true
    /// Of a training; an evaluation is always in single precision.
    var precision = Precision.float32
    /// BatchNorm normalises by its running statistics in training too.
    var freezesStatistics = false
    /// For tests: compute the gradient with respect to the images.
    var wantsInputGradient = false

    var isMixed: Bool { trains && precision == .mixedBFloat16 }
  }

  let graph: ModelGraph
  let model: String
  let options: Options
  let store: ParameterStore
  var buffers = BufferList()
  private(set) var steps: [Bound] = []

  /// A step and which of the graph's values it reads and makes.
  struct Bound {
    var step: any PlanStep
    var inputs: [Int]
    var output: Int
  }

  /// A value that is another's under a new shape.
  private var canonical: [Int: Int] = [:]

  init(_ graph: ModelGraph, model: String, options: Options) throws {
    self.graph = graph
    self.model = model
    self.options = options
    store = ParameterStore(graph)
    var next = 0
    while next < graph.nodes.count { next = try add(next) }
  }

  /// The value that the model ends with; -1 where it is the images.
  var output: Int { value(graph.nodes.count - 1) }

  func shape(_ node: Int) -> Shape { node < 0 ? graph.input : graph.nodes[node].shape }

  private func value(_ node: Int) -> Int { canonical[node] ?? node }

  private func consumers(of node: Int) -> Int {
    graph.nodes.reduce(0) { $0 + $1.inputs.count { $0 == node } }
  }

  /// Compiles a node, and those after it that are computed together with it; the node to go on with.
  private mutating func add(_ index: Int) throws -> Int {
    let node = graph.nodes[index]
    guard let source = node.inputs.first else { return index + 1 }
    let from = shape(source)

    if isNothing(node.operation, from) {
      canonical[index] = value(source)
      return index + 1
    }

    var last = index
    var fused = (relu: false, dropout: NormalisationStep.Dropout?.none)
    var folding: ConvolutionParameters.Folding?
    if case .conv2d = node.operation, !options.trains { folding = foldable(after: &last) }
    if case .batchNorm2d = node.operation { fused = fusible(after: &last) }
    for covered in index...last { canonical[covered] = last }
    let step: (any PlanStep)? =
      switch node.operation {
      case .conv2d(let c): convolution(c, node, folding)
      case .batchNorm2d(_, let eps, let momentum):
        NormalisationStep(
          shape: from, eps: eps, momentum: momentum, weight: offset("weight", node),
          bias: offset("bias", node), runningMean: offset("running_mean", node),
          runningVariance: offset("running_var", node), relu: fused.relu, dropout: fused.dropout,
          usesBatch: options.trains && !options.freezesStatistics, buffers: &buffers)
      case .relu, .leakyReLU, .silu: SimpleStep.activation(node.operation, count: from.elements)
      case .dropout(let p, let wholeChannels):
        DropoutStep(p: p, wholeChannels: wholeChannels, node: index, shape: from, buffers: &buffers)
      case .maxPool2d, .avgPool2d, .adaptiveAvgPool2d:
        SimpleStep.pooling(node.operation, from: from, to: node.shape)
      case .flatten: SimpleStep.flatten(from)
      case .linear(let inputs, let outputs, let hasBias):
        LinearStep(
          inputs: inputs, outputs: outputs, batchSize: options.batchSize,
          inputStride: value(source) < 0 ? inputs : PassSchedule.aligned(inputs),
          weight: offset("weight", node), bias: hasBias ? offset("bias", node) : nil, buffers: &buffers)
      case .logSoftmax, .softmax:
        SimpleStep.softmax(logarithm: node.operation == .logSoftmax, count: from.elements)
      case .add: AddStep(count: from.elements)
      }
    guard let step else { throw PlanError(fact: .layerTooLarge(path: node.path), model: model) }
    steps.append(Bound(step: step, inputs: node.inputs.map(value), output: last))
    return last + 1
  }

  private func isNothing(_ operation: Operation, _ from: Shape) -> Bool {
    switch operation {
    case .dropout(let p, _): p == 0 || !options.trains
    case .flatten: from.height * from.width == 1
    default: false
    }
  }

  /// The ReLU and Dropout2d that directly follow the normalisation at `last` and alone read it.
  private func fusible(after last: inout Int) -> (relu: Bool, dropout: NormalisationStep.Dropout?) {
    var relu = false
    if isAlone(after: last), graph.nodes[last + 1].operation == .relu {
      relu = true
      last += 1
    }
    if isAlone(after: last), case .dropout(let p, true) = graph.nodes[last + 1].operation, p > 0,
      options.trains
    {
      last += 1
      return (relu, NormalisationStep.Dropout(p: p, node: last))
    }
    return (relu, nil)
  }

  /// The normalisation that directly follows the convolution at `last` and alone reads it.
  private func foldable(after last: inout Int) -> ConvolutionParameters.Folding? {
    guard isAlone(after: last), case .batchNorm2d(_, let eps, _) = graph.nodes[last + 1].operation else {
      return nil
    }
    last += 1
    let node = graph.nodes[last]
    return ConvolutionParameters.Folding(
      weight: offset("weight", node), bias: offset("bias", node), runningMean: offset("running_mean", node),
      runningVariance: offset("running_var", node), eps: eps)
  }

  /// Whether the next node is all that reads this one.
  private func isAlone(after index: Int) -> Bool {
    index + 1 < graph.nodes.count && graph.nodes[index + 1].inputs == [index] && consumers(of: index) == 1
  }

  private mutating func convolution(
    _ c: Convolution, _ node: ModelGraph.Node, _ folding: ConvolutionParameters.Folding?
  ) -> (any PlanStep)? {
    guard let source = node.inputs.first,
      let geometry = ConvolutionGeometry(c, input: shape(source), output: node.shape)
    else { return nil }
    let parameters = ConvolutionParameters(
      c, weight: offset("weight", node), bias: c.bias ? offset("bias", node) : nil, folding: folding,
      buffers: &buffers)
    if Depthwise3x3Step.suits(c) { return Depthwise3x3Step(geometry, parameters, buffers: &buffers) }
    if c.isDepthwise { return DepthwiseStep(geometry, parameters, buffers: &buffers) }
    if PointwiseStep.suits(c) {
      return PointwiseStep(
        c, pixels: node.shape.height * node.shape.width, parameters, options: options, buffers: &buffers)
    }
    if WinogradStep.suits(c, input: geometry.input) {
      return WinogradStep(c, input: geometry.input, parameters, options: options, buffers: &buffers)
    }
    return ConvolutionStep(geometry, parameters, buffers: &buffers)
  }

  private func offset(_ parameter: String, _ node: ModelGraph.Node) -> Int {
    store.offset(of: parameter, in: node.path) ?? 0
  }
}
