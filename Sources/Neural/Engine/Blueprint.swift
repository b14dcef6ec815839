/// What to compile a model into.
struct EngineRequest {
  /// What the training schedule starts its backward pass from.
  enum Objective {
    case loss(Loss)
    /// For tests: a gradient of the output that each run is given.
    case given
  }

  var options: Compiler.Options
  var objective: Objective
  var threads = 1
  var seed: UInt64 = 0
  /// For tests: an instruction set other than the best.
  var kernels: String?
}

/// A compiled model: everything that is known before memory is allocated.
struct Blueprint {
  let store: ParameterStore
  /// `nil` in inference.
  let training: PassSchedule?
  let evaluation: PassSchedule
  let threads: Int

  init(_ graph: ModelGraph, model: String, request: EngineRequest) throws {
    var compiler = try Compiler(graph, model: model, options: request.options)
    let output = compiler.output
    let classes = graph.output.elements
    let copyOut = Pass(
      .images { f in f.run.output?.advanced(by: f.image * classes).update(from: f[output], count: classes) },
      [output])
    var forward = [copyOut]
    var objective = { (gradient: Buffer) -> [Pass] in
      let copyIn = { (f: Frame) in
        guard let given = f.run.outputGradient else { return }
        f[gradient].update(from: given + f.image * classes, count: classes)
      }
      return [copyOut, Pass(.images(copyIn), [gradient])]
    }
    if case .loss(let loss) = request.objective {
      let pass = LossPass(loss, classes: classes, output: output, buffers: &compiler.buffers)
      forward.append(pass.forward())
      objective = { [pass.forward(), pass.backward($0)] }
    }
    let evaluation = compiler.evaluation() + forward
    let training = request.options.trains ? compiler.training(objective) : nil
    let (buffers, size) = (compiler.buffers.specifications, request.options.batchSize)
    store = compiler.store
    self.training = training.map { PassSchedule($0, buffers: buffers, batchSize: size) }
    self.evaluation = PassSchedule(evaluation, buffers: buffers, batchSize: size)
    threads = request.threads
  }

  private var schedules: [PassSchedule] { [evaluation] + (training.map { [$0] } ?? []) }
  /// Working memory, in floats; the schedules share it, since nothing in it outlives a step.
  var batchFloats: Int { schedules.reduce(0) { max($0, $1.batchFloats) } }
  var workerFloats: Int { PassSchedule.aligned(schedules.reduce(0) { max($0, $1.workerFloats) }) }
  /// One arena of trained numbers.
  var parameterFloats: Int { PassSchedule.aligned(store.trainedCount) }
  /// Parameters, and in training their gradients and those of every group.
  var arenas: Int { training == nil ? 1 : 2 + Plan.gradientGroups }

  var floats: Int {
    parameterFloats * arenas + PassSchedule.aligned(store.statisticsCount) + PassSchedule.aligned(batchFloats)
      + threads * workerFloats
  }
  var bytes: Int { floats * MemoryLayout<Float>.stride }
}
