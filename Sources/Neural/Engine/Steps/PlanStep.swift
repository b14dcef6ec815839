/// A layer, or some that are computed together, as passes over the batch.
///
/// A step does not know where its values lie: the ``Tape`` hands it their buffers, since a value may be kept,
/// made again or widened from half precision on the way. No requirement has a default.
protocol PlanStep {
  /// Whether it has trained parameters, so that its backward passes run even where no input needs a gradient.
  var isTrained: Bool { get }
  /// Whether the output is made again where the backward passes need it, rather than kept: so cheap that
  /// memory is slower.
  var isCheap: Bool { get }
  /// Whether its passes read inputs and the output's gradient in bfloat16 too.
  var readsNarrow: Bool { get }
  /// Whether its forward passes write the output in bfloat16 too, and the backward passes the input's gradient.
  var writesNarrow: (output: Bool, gradient: Bool) { get }
  /// Which of the input and output values the backward passes read.
  var backwardReads: (input: Bool, output: Bool) { get }

  /// Run before everything else, all steps' at the same time and in any order: packs weights.
  /// None where it has nothing to pack.
  func prepare(_ phase: Phase) -> [Preparation]
  func forward(_ values: StepValues) -> [Pass]
  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass]
}

/// A step whose images depend on each other: it needs statistics of the whole batch before any image can go on.
protocol BatchStatisticsStep: PlanStep {
  /// The passes that take the statistics of the input, run before ``PlanStep/forward(_:)``.
  func observe(_ input: Buffer) -> [Pass]
  /// The passes that take those of the output's gradient, run before ``PlanStep/backward(_:_:)``.
  func observeGradient(_ values: StepValues, _ outputGradient: Buffer) -> [Pass]
}

/// The part of a schedule that a preparation serves.
enum Phase: Hashable {
  case forward
  /// The gradient of the input.
  case backward
}

struct Preparation {
  var body: (Frame) -> Void
  var buffers: [Buffer]
}

/// Where a step's inputs and output lie.
struct StepValues {
  var inputs: [Buffer]
  var output: Buffer

  var input: Buffer { inputs.first ?? BufferList.images }
}

/// The gradients with respect to a step's output and inputs. A backward pass sets those of the inputs.
struct Gradients {
  var output: Buffer
  /// `nil` where nothing before the step is trained.
  var inputs: [Buffer?]

  var input: Buffer? { inputs.first ?? nil }
}
