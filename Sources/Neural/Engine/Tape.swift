import CKernels

/// Arranges a compiled model's steps as forward and backward passes, and decides which values are stored in
/// between.
///
/// The value of an expensive step is stored for the backward passes. The value of a cheap one (normalisation with
/// its ReLU and dropout, an activation, a depthwise convolution) is recomputed from stored values, image by image,
/// just before a pass reads it. It is then still in the cache, and a batch's memory is neither written nor read.
///
/// In mixed precision, an image's value that is stored from one region to the next is stored in bfloat16, and so is
/// one that is only read as such. Steps that can write and read bfloat16 do so; for others a value is narrowed
/// after it is computed, and widened, image by image, before it is read.
struct Tape {
  private enum Value: Hashable {
    case activation(Int)
    case gradient(Int)
  }

  private let steps: [Compiler.Bound]
  private let shapes: (Int) -> Shape
  private let trains: Bool
  private let isMixed: Bool
  private(set) var buffers: BufferList
  private(set) var passes: [Pass] = []

  private var producers: [Int: Compiler.Bound] = [:]
  private var readers: [Int: [Compiler.Bound]] = [:]
  private var kept: Set<Int> = [-1]
  /// The buffers of values, for as long as they are needed.
  private var places: [Value: Buffer] = [.activation(-1): BufferList.images]
  /// The bfloat16 buffers of values.
  private var narrow: [Value: Buffer] = [:]
  /// Recomputed or not yet narrowed values, which passes may read until the next barrier.
  private var ready: [Value: Buffer] = [:]
  /// Gradients whose groups are not summed yet.
  private var unsummed: [GroupedGradient] = []

  /// The maximum number of consecutive cheap steps that are repeated to recompute a value.
  private static let longestChain = 3

  init(_ compiler: Compiler, trains: Bool) {
    steps = compiler.steps
    shapes = compiler.graph.shape(of:)
    self.trains = trains
    isMixed = compiler.options.isMixed
    buffers = compiler.buffers
    for bound in steps {
      producers[bound.output] = bound
      for input in bound.inputs { readers[input, default: []].append(bound) }
    }
    chooseKept(output: compiler.output)
  }

  private mutating func chooseKept(output: Int) {
    let observed = Set(steps.filter { $0.step is any BatchStatisticsStep }.flatMap(\.inputs))
    var chain: [Int: Int] = [:]
    for bound in steps {
      let length = 1 + bound.inputs.reduce(0) { max($0, chain[$1] ?? 0) }
      if bound.step.isCheap, length <= Self.longestChain, !observed.contains(bound.output),
        bound.output != output
      {
        chain[bound.output] = length
      } else {
        kept.insert(bound.output)
      }
    }
  }

  // MARK: Values

  private func count(_ value: Value) -> Int {
    switch value {
    case .activation(let node), .gradient(let node): shapes(node).elements
    }
  }

  /// A value's buffer for the passes emitted next; recomputes the value if necessary.
  mutating func activation(_ node: Int) -> Buffer { fetch(.activation(node)) }

  private mutating func fetch(_ value: Value, for step: (any PlanStep)? = nil) -> Buffer {
    if let buffer = ready[value] ?? places[value] ?? narrow[value] {
      return buffer.isNarrow && step?.readsNarrow != true ? widened(value, from: buffer) : buffer
    }
    guard case .activation(let node) = value, let bound = producers[node] else { return BufferList.images }
    let inputs = bound.inputs.map { fetch(.activation($0), for: bound.step) }
    let output = buffer(value, isNarrow: bound.step.writesNarrow.output && step?.readsNarrow == true)
    emit(bound.step.forward(StepValues(inputs: inputs, output: output)))
    ready[value] = output
    return output
  }

  private mutating func emit(_ passes: [Pass]) {
    for pass in passes {
      if pass.meets {
        spillGradients()
        sumGradients()
      }
      self.passes.append(pass)
      if pass.meets { ready = [:] }
    }
  }

  // MARK: Half precision

  private func isNarrowed(_ value: Value) -> Bool {
    switch value {
    case .activation(let node), .gradient(let node): isMixed && node >= 0 && shapes(node).isImage
    }
  }

  /// A place for a value that is about to be computed; narrow if possible.
  private mutating func buffer(_ value: Value, isNarrow: Bool) -> Buffer {
    guard isNarrow, isNarrowed(value) else { return buffers.perImage(count(value)) }
    var half = buffers.perImage((count(value) + 1) / 2)
    half.isNarrow = true
    return half
  }

  /// Stores a value that passes have just computed.
  private mutating func keep(_ value: Value, in buffer: Buffer) {
    if buffer.isNarrow {
      narrow[value] = buffer
      return
    }
    guard isNarrowed(value) else {
      places[value] = buffer
      return
    }
    ready[value] = buffer
    // A gradient is often read before the next barrier, and never again.
    if case .activation = value { narrowed(value, from: buffer) }
  }

  private mutating func spillGradients() {
    for (value, buffer) in ready.sorted(by: { $0.value.id < $1.value.id }) {
      if case .gradient = value, narrow[value] == nil { narrowed(value, from: buffer) }
    }
  }

  private mutating func narrowed(_ value: Value, from buffer: Buffer) {
    let (count, half) = (count(value), self.buffer(value, isNarrow: true))
    narrow[value] = half
    passes.append(
      Pass(.images { f in f.kernels.pointee.to_bf16(f[buffer], f[half], Int64(count)) }, [buffer, half]))
  }

  private mutating func widened(_ value: Value, from half: Buffer) -> Buffer {
    let count = count(value)
    let buffer = buffers.perImage(count)
    emit([
      Pass(.images { f in f.kernels.pointee.from_bf16(f[half], f[buffer], Int64(count)) }, [buffer, half])
    ])
    ready[value] = buffer
    return buffer
  }

  private func has(_ value: Value) -> Bool { places[value] ?? narrow[value] ?? ready[value] != nil }

  private mutating func drop(_ value: Value) {
    places[value] = nil
    narrow[value] = nil
    ready[value] = nil
  }

  // MARK: Passes

  /// Memory for passes that are appended.
  mutating func scratch(_ elements: Int) -> Buffer { buffers.perImage(elements) }
  mutating func append(_ passes: [Pass]) { emit(passes) }

  mutating func forward() {
    for bound in steps {
      if let step = bound.step as? any BatchStatisticsStep {
        for input in bound.inputs { emit(step.observe(fetch(.activation(input), for: step))) }
      }
      let inputs = bound.inputs.map { fetch(.activation($0), for: bound.step) }
      let isKept = kept.contains(bound.output) || !trains
      let output = buffer(
        .activation(bound.output),
        isNarrow: bound.step.writesNarrow.output && (isKept || isReadNarrow(bound.output)))
      emit(bound.step.forward(StepValues(inputs: inputs, output: output)))
      if isKept {
        keep(.activation(bound.output), in: output)
      } else if bound.step.isCheap {
        ready[.activation(bound.output)] = output
      }
    }
  }

  private func isReadNarrow(_ node: Int) -> Bool { readers[node, default: []].allSatisfy(\.step.readsNarrow) }

  /// The backward passes. `objective` creates those that set the output gradient.
  mutating func backward(
    from output: Int, toImages: Bool, _ objective: (_ outputGradient: Buffer) -> [Pass]
  ) {
    var needed: Set<Int> = toImages ? [-1] : []
    for bound in steps where bound.isTrained || bound.inputs.contains(where: needed.contains) {
      needed.insert(bound.output)
    }
    let gradient = buffers.perImage(shapes(output).elements)
    emit(objective(gradient))
    places[.gradient(output)] = gradient
    for bound in steps.reversed() where needed.contains(bound.output) {
      guard has(.gradient(bound.output)) else { continue }
      if let step = bound.step as? any BatchStatisticsStep {
        emit(step.observeGradient(values(for: bound), fetch(.gradient(bound.output), for: step)))
      }
      let values = values(for: bound)
      let output = fetch(.gradient(bound.output), for: bound.step)
      let inputs = bound.inputs.map { node in
        needed.contains(node) ? gradientBuffer(of: node, from: bound.step) : nil
      }
      clear(bound.step.groupedGradients)
      emit(bound.step.backward(values, Gradients(output: output, inputs: inputs)))
      unsummed += bound.step.groupedGradients
      drop(.gradient(bound.output))
      for case (let node, let new?) in zip(bound.inputs, inputs) { add(new, toGradientOf: node) }
    }
    if toImages, has(.gradient(-1)) {
      let gradient = fetch(.gradient(-1))
      emit([copyToImages(gradient)])
    }
  }

  /// A narrow buffer if it holds the node's whole gradient and the node's own step reads it so.
  private mutating func gradientBuffer(of node: Int, from step: any PlanStep) -> Buffer {
    buffer(
      .gradient(node),
      isNarrow: step.writesNarrow.gradient && readers[node, default: []].count == 1
        && producers[node]?.step.readsNarrow == true)
  }

  /// The values that the backward passes of a step read; the others have no buffer.
  private mutating func values(for bound: Compiler.Bound) -> StepValues {
    let reads = bound.step.backwardReads
    return StepValues(
      inputs: reads.input ? bound.inputs.map { fetch(.activation($0), for: bound.step) } : [],
      output: reads.output ? fetch(.activation(bound.output)) : BufferList.images)
  }

  /// Adds a gradient; another reader's gradient may already exist.
  private mutating func add(_ new: Buffer, toGradientOf node: Int) {
    if has(.gradient(node)) {
      let (old, count) = (fetch(.gradient(node)), Int64(count(.gradient(node))))
      emit([Pass(.images { f in f.kernels.pointee.add(f[old], f[new], f[new], count) }, [old, new])])
    }
    drop(.gradient(node))
    keep(.gradient(node), in: new)
  }

  private func copyToImages(_ gradient: Buffer) -> Pass {
    let count = shapes(-1).elements
    let copy = { (f: Frame) in
      for image in 0..<f.count {
        f.run.inputGradient?.advanced(by: image * count).update(from: f[gradient, image: image], count: count)
      }
    }
    return Pass(.once(copy), [gradient])
  }

  /// Packs the weights of all steps.
  mutating func prepare(_ phases: [Phase]) {
    let tasks = phases.flatMap { phase in steps.flatMap { $0.step.prepare(phase) } }
    emit([Pass(.tasks(tasks.map(\.body)), tasks.flatMap(\.buffers))])
  }

  // MARK: Gradients by group

  private mutating func clear(_ gradients: [GroupedGradient]) {
    guard !gradients.isEmpty else { return }
    let body = { (f: Frame) in
      guard f.isFirstOfGroup else { return }
      for gradient in gradients { f[gradient.sums].update(repeating: 0, count: gradient.count) }
    }
    emit([Pass(.gradients(body), gradients.map(\.sums))])
  }

  /// Sums the gradients of the steps whose backward passes were emitted over their groups, in group order. Regions
  /// over images cannot do this, so it waits for the next barrier.
  mutating func sumGradients() {
    guard !unsummed.isEmpty else { return }
    let gradients = unsummed
    unsummed = []
    let total = gradients.reduce(0) { $0 + $1.count }
    let body = { (f: Frame, part: Range<Int>) in
      var start = 0
      for gradient in gradients {
        let some = part.clamped(to: start..<start + gradient.count)
        let (first, stride) = f.groupCopies(of: gradient.sums)
        if !some.isEmpty {
          quire_sum_parts(
            first + (some.lowerBound - start), Int64(GradientGroups.count(images: f.count)), Int64(stride),
            Int64(some.count), f.run.gradients + gradient.offset + (some.lowerBound - start))
        }
        start += gradient.count
      }
    }
    emit([Pass(.split(count: total, body), gradients.map(\.sums))])
  }
}
