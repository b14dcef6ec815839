/// Turns a model's graph into steps and these into passes; nothing is allocated.
///
/// Patterns it knows: BatchNorm with the ReLU and Dropout2d behind it is one step; Dropout(0) and, in
/// inference, every dropout is nothing at all, as is Flatten where channels are the only dimension left.
struct Compiler {
  struct Options {
    var batchSize: Int
    var trains = true
    /// BatchNorm normalises by its running statistics in training too.
    var freezesStatistics = false
    /// For tests: compute the gradient with respect to the images.
    var wantsInputGradient = false
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

  /// Where each node's value lies; a value that is another's under a new shape shares its buffer.
  private var values: [Int: Buffer] = [-1: BufferList.images]
  private var canonical: [Int: Int] = [:]

  init(_ graph: ModelGraph, model: String, options: Options) throws {
    self.graph = graph
    self.model = model
    self.options = options
    store = ParameterStore(graph)
    var next = 0
    while next < graph.nodes.count { next = try add(next) }
  }

  var output: Buffer { values[graph.nodes.count - 1] ?? BufferList.images }
  private var outputValue: Int { value(graph.nodes.count - 1) }

  // MARK: Steps

  private func value(_ node: Int) -> Int { canonical[node] ?? node }
  private func shape(_ node: Int) -> Shape { node < 0 ? graph.input : graph.nodes[node].shape }
  private func buffer(_ node: Int) -> Buffer { values[node] ?? BufferList.images }

  private func consumers(of node: Int) -> Int {
    graph.nodes.reduce(0) { $0 + $1.inputs.count { $0 == node } }
  }

  /// Compiles a node, and those after it that are computed together with it; the node to go on with.
  private mutating func add(_ index: Int) throws -> Int {
    let node = graph.nodes[index]
    guard let source = node.inputs.first else { return index + 1 }
    let from = shape(source)
    let input = buffer(source)

    if isNothing(node.operation, from) {
      values[index] = input
      canonical[index] = value(source)
      return index + 1
    }

    var last = index
    var fused = (relu: false, dropout: NormalisationStep.Dropout?.none)
    if case .batchNorm2d = node.operation { fused = fusible(after: &last) }
    let output = buffers.perImage(node.shape.elements)
    for covered in index...last {
      values[covered] = output
      canonical[covered] = last
    }
    let step: (any PlanStep)? =
      switch node.operation {
      case .conv2d(let c): convolution(c, node, input: input, output: output)
      case .batchNorm2d(_, let eps, let momentum):
        NormalisationStep(
          shape: from, eps: eps, momentum: momentum, weight: offset("weight", node),
          bias: offset("bias", node),
          runningMean: offset("running_mean", node), runningVariance: offset("running_var", node),
          relu: fused.relu, dropout: fused.dropout, isFrozen: options.freezesStatistics, input: input,
          output: output, buffers: &buffers)
      case .relu, .leakyReLU, .silu:
        SimpleStep.activation(node.operation, count: from.elements, input: input, output: output)
      case .dropout(let p, let wholeChannels):
        DropoutStep(
          p: p, wholeChannels: wholeChannels, node: index, shape: from, input: input, output: output,
          buffers: &buffers)
      case .maxPool2d, .avgPool2d, .adaptiveAvgPool2d:
        SimpleStep.pooling(node.operation, from: from, to: node.shape, input: input, output: output)
      case .flatten: SimpleStep.flatten(from, input: input, output: output)
      case .linear(let inputs, let outputs, let hasBias):
        LinearStep(
          inputs: inputs, outputs: outputs, batchSize: options.batchSize, input: input, output: output,
          weight: offset("weight", node), bias: hasBias ? offset("bias", node) : nil, buffers: &buffers)
      case .logSoftmax, .softmax:
        SimpleStep.softmax(
          logarithm: node.operation == .logSoftmax, count: from.elements, input: input, output: output)
      case .add: AddStep(count: from.elements, inputs: node.inputs.map(buffer), output: output)
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
    func isNext(_ index: Int) -> Bool {
      index + 1 < graph.nodes.count && graph.nodes[index + 1].inputs == [index] && consumers(of: index) == 1
    }
    var relu = false
    if isNext(last), graph.nodes[last + 1].operation == .relu {
      relu = true
      last += 1
    }
    if isNext(last), case .dropout(let p, true) = graph.nodes[last + 1].operation, p > 0, options.trains {
      last += 1
      return (relu, NormalisationStep.Dropout(p: p, node: last))
    }
    return (relu, nil)
  }

  private mutating func convolution(
    _ c: Convolution, _ node: ModelGraph.Node, input: Buffer, output: Buffer
  ) -> (any PlanStep)? {
    guard let source = node.inputs.first,
      let geometry = ConvolutionGeometry(c, input: shape(source), output: node.shape)
    else { return nil }
    let weight = offset("weight", node)
    let bias = c.bias ? offset("bias", node) : nil
    return c.isDepthwise
      ? DepthwiseStep(geometry, input: input, output: output, weight: weight, bias: bias, buffers: &buffers)
      : ConvolutionStep(geometry, input: input, output: output, weight: weight, bias: bias, buffers: &buffers)
  }

  private func offset(_ parameter: String, _ node: ModelGraph.Node) -> Int {
    store.offset(of: parameter, in: node.path) ?? 0
  }

  // MARK: Passes

  /// The passes of an evaluation: running statistics, no dropout.
  func evaluation() -> [Pass] {
    preparation([.forward(training: false)], clearing: 0) + steps.flatMap { $0.step.forward(training: false) }
  }

  /// The passes of a training step. `objective` makes those that set the gradient of the output.
  mutating func training(_ objective: (_ outputGradient: Buffer) -> [Pass]) -> [Pass] {
    var needsGradient: Set<Int> = options.wantsInputGradient ? [-1] : []
    for bound in steps where bound.step.isTrained || bound.inputs.contains(where: needsGradient.contains) {
      needsGradient.insert(bound.output)
    }
    var gradients: [Int: Buffer] = [outputValue: buffers.perImage(graph.output.elements)]
    var passes = steps.flatMap { $0.step.forward(training: true) }
    passes += gradients[outputValue].map(objective) ?? []
    for bound in steps.reversed() where needsGradient.contains(bound.output) {
      guard let output = gradients[bound.output] else { continue }
      var sums: [Pass] = []
      let inputs = bound.inputs.map { node -> Buffer? in
        guard needsGradient.contains(node) else { return nil }
        let count = shape(node).elements
        let new = buffers.perImage(count)
        guard let sum = gradients[node] else {
          gradients[node] = new
          return new
        }
        // Another reader's gradient is there already.
        sums.append(
          Pass(.images { f in f.kernels.pointee.add(f[sum], f[new], f[sum], Int64(count)) }, [sum, new]))
        return new
      }
      passes += bound.step.backward(Gradients(output: output, inputs: inputs)) + sums
    }
    if options.wantsInputGradient, let gradient = gradients[-1] {
      let count = graph.input.elements
      let copy = { (f: Frame) in
        for image in 0..<f.count {
          f.run.inputGradient?.advanced(by: image * count).update(
            from: f[gradient, image: image], count: count)
        }
      }
      passes.append(Pass(.once(copy), [gradient]))
    }
    return preparation([.forward(training: true), .backward], clearing: store.trainedCount) + passes
  }

  /// One region in which all steps pack their weights and the groups' gradients are set to 0.
  private func preparation(_ phases: [Phase], clearing count: Int) -> [Pass] {
    let tasks = phases.flatMap { phase in steps.compactMap { $0.step.prepare(phase) } }
    let groups = count > 0 ? Plan.gradientGroups : 0
    let stride = PassSchedule.aligned(count)
    let body = { (f: Frame, part: Range<Int>) in
      for index in part {
        if index < tasks.count {
          tasks[index].body(f)
        } else {
          f.gradients.advanced(by: (index - tasks.count) * stride).update(repeating: 0, count: count)
        }
      }
    }
    return [Pass(.split(count: tasks.count + groups, body), tasks.flatMap(\.buffers))]
  }
}
