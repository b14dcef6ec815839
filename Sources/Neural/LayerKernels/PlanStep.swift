/// A layer, or several that are computed together, as passes over the batch.
///
/// A step does not know the places of its values: the ``Tape`` passes their buffers, since a value may be stored,
/// recomputed or widened from half precision in between. No requirement has a default.
protocol PlanStep {
  /// Whether it has trained parameters, so that its backward passes run even if no input needs a gradient.
  var isTrained: Bool { get }
  /// Whether the output is recomputed for the backward passes instead of being stored, because that is faster than
  /// memory.
  var isCheap: Bool { get }
  /// Whether its passes can read inputs and the output gradient in bfloat16.
  var readsNarrow: Bool { get }
  /// Whether its forward passes can write the output in bfloat16, and the backward passes the input gradient.
  var writesNarrow: (output: Bool, gradient: Bool) { get }
  /// Which of the input and output values the backward passes read.
  var backwardReads: (input: Bool, output: Bool) { get }
  /// The gradients that its backward passes add up by group; they set those of its other parameters.
  var groupedGradients: [GroupedGradient] { get }

  /// Packs weights. Runs before everything else, concurrently with other steps and in any order. Empty if there is
  /// nothing to pack.
  func prepare(_ phase: Phase) -> [Preparation]
  func forward(_ values: StepValues) -> [Pass]
  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass]
}

/// A step whose images depend on each other: it needs statistics of the whole batch before it can process any
/// image.
protocol BatchStatisticsStep: PlanStep {
  /// The passes that compute the statistics of the input, run before ``PlanStep/forward(_:)``.
  func observe(_ input: Buffer) -> [Pass]
  /// The passes that compute those of the output gradient, run before ``PlanStep/backward(_:_:)``.
  func observeGradient(_ values: StepValues, _ outputGradient: Buffer) -> [Pass]
}

/// The part of a schedule for which something is prepared.
enum Phase: Hashable {
  case forward
  /// The input gradient.
  case backward
}

struct Preparation {
  var body: (Frame) -> Void
  var buffers: [Buffer]
}

/// The buffers of a step's inputs and output.
struct StepValues {
  var inputs: [Buffer]
  var output: Buffer

  var input: Buffer { inputs.first ?? BufferList.images }
}

/// The gradients with respect to a step's output and inputs. A backward pass sets those of the inputs.
struct Gradients {
  var output: Buffer
  /// `nil` if nothing before the step is trained.
  var inputs: [Buffer?]

  var input: Buffer? { inputs.first ?? nil }
}
