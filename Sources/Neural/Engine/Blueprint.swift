/// A request to compile a model.
struct EngineRequest {
  /// The start of the training schedule's backward pass.
  enum Objective {
    case loss(Loss)
    /// A gradient of the output that each run is given, for explanations and tests.
    case given

    /// The metrics of the loss's task.
    var metrics: [Metric] { if case .loss(let loss) = self { loss.task.metrics } else { [] } }
  }

  var options: CompilerOptions
  var objective: Objective
  /// Whether running statistics can be recomputed; see ``Engine/observe(images:count:imageElements:step:batch:)``.
  var recomputesStatistics = false
  var threads = 1
  var seed: UInt64 = 0
  /// For tests: an instruction set other than the best.
  var kernels: String?
  /// For tests: whether OpenBLAS is used where it is faster, if the machine has it.
  var usesOpenBLAS = true
}

/// A compiled model: everything that is known before memory is allocated.
struct Blueprint {
  let store: ParameterStore
  /// `nil` in inference.
  let training: PassSchedule?
  let evaluation: PassSchedule
  /// Forward passes that update the running statistics; `nil` if nothing recomputes them.
  let observation: PassSchedule?
  let threads: Int
  let metrics: MetricTerms

  init(_ graph: ModelGraph, model: String, request: EngineRequest) throws {
    var options = request.options
    options.trains = false
    let compiler = try Compiler(graph.pullingStridesThrough(), model: model, options: options)
    store = compiler.store
    evaluation = Self.evaluation(compiler, request)
    training =
      request.options.trains
      ? Self.training(try Compiler(graph, model: model, options: request.options), request) : nil
    observation =
      request.recomputesStatistics && store.statisticsCount > 0
      ? Self.observation(try Compiler(graph, model: model, options: Self.singlePrecision(request.options)))
      : nil
    threads = request.threads
    metrics = MetricTerms(request.objective.metrics, outputs: graph.output.elements)
  }

  private static func evaluation(_ compiler: Compiler, _ request: EngineRequest) -> PassSchedule {
    var tape = Tape(compiler, trains: false)
    tape.prepare([.forward])
    tape.forward()
    tape.finish(compiler, request.objective, backward: false)
    return PassSchedule(
      tape.passes, buffers: tape.buffers.specifications, batchSize: request.options.batchSize)
  }

  private static func training(_ compiler: Compiler, _ request: EngineRequest) -> PassSchedule {
    var tape = Tape(compiler, trains: true)
    tape.prepare([.forward, .backward])
    tape.forward()
    tape.finish(compiler, request.objective, backward: true)
    tape.sumGradients()
    return PassSchedule(
      tape.passes, buffers: tape.buffers.specifications, batchSize: request.options.batchSize)
  }

  private static func singlePrecision(_ options: CompilerOptions) -> CompilerOptions {
    var options = options
    options.precision = .float32
    return options
  }

  private static func observation(_ compiler: Compiler) -> PassSchedule {
    var tape = Tape(compiler, trains: false)
    tape.prepare([.forward])
    tape.forward()
    return PassSchedule(
      tape.passes, buffers: tape.buffers.specifications, batchSize: compiler.options.batchSize)
  }

  private var schedules: [PassSchedule] { [evaluation] + [training, observation].compactMap(\.self) }
  /// Working memory, in floats; the schedules share it, since nothing in it outlives a step.
  var batchFloats: Int { schedules.reduce(0) { max($0, $1.batchFloats) } }
  var workerFloats: Int { CacheLine.aligned(schedules.reduce(0) { max($0, $1.workerFloats) }) }
  /// One arena of trained numbers.
  var parameterFloats: Int { CacheLine.aligned(store.trainedCount) }
  /// Parameters, and in training their gradients.
  var arenas: Int { training == nil ? 1 : 2 }

  var floats: Int {
    parameterFloats * arenas + CacheLine.aligned(store.statisticsCount) + CacheLine.aligned(batchFloats)
      + threads * workerFloats + EngineMemory.parts * RedZones.floats
  }
  var bytes: Int { floats * MemoryLayout<Float>.stride }
}

extension Tape {
  /// The model's output, its loss, and the backward pass.
  fileprivate mutating func finish(
    _ compiler: Compiler, _ objective: EngineRequest.Objective, backward: Bool
  ) {
    let classes = compiler.graph.output.elements
    let output = activation(compiler.output)
    append([
      Pass(
        .images { f in f.run.output?.advanced(by: f.image * classes).update(from: f[output], count: classes)
        },
        [output])
    ])
    var setGradient = { (gradient: Buffer) -> [Pass] in
      let copyIn = { (f: Frame) in
        guard let given = f.run.outputGradient else { return }
        f[gradient].update(from: given + f.image * classes, count: classes)
      }
      return [Pass(.images(copyIn), [gradient])]
    }
    if case .loss(let loss) = objective {
      let pass = LossPass(
        loss, metrics: MetricTerms(objective.metrics, outputs: classes), output: output,
        scratch: scratch(classes))
      append([pass.forward()])
      setGradient = { [pass.backward($0)] }
    }
    guard backward else { return }
    self.backward(
      from: compiler.output, toImages: compiler.options.wantsInputGradient, setGradient)
  }
}
