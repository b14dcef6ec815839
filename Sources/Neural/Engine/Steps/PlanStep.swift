/// A layer, or some that are computed together, as passes over the batch.
protocol PlanStep {
  /// Whether it has trained parameters, so that its backward passes run even where no input needs a gradient.
  var isTrained: Bool { get }
  /// Run before everything else, all steps' at the same time: packs weights.
  func prepare(_ phase: Phase) -> Preparation?
  func forward(training: Bool) -> [Pass]
  func backward(_ gradients: Gradients) -> [Pass]
}

/// The part of a schedule that a preparation serves.
enum Phase: Hashable {
  case forward(training: Bool)
  /// The gradient of the input.
  case backward
}

struct Preparation {
  var body: (Frame) -> Void
  var buffers: [Buffer]
}

/// The gradients with respect to a step's output and inputs. A backward pass sets those of the inputs.
struct Gradients {
  var output: Buffer
  /// `nil` where nothing before the step is trained.
  var inputs: [Buffer?]

  var input: Buffer? { inputs.first ?? nil }
}

extension PlanStep {
  var isTrained: Bool { false }
  func prepare(_ phase: Phase) -> Preparation? { nil }
}

/// A step whose passes do each image by itself: `forward` and `backward` get the frame of one image.
struct SimpleStep: PlanStep {
  var input: Buffer
  var output: Buffer
  var forwardBody: (_ frame: Frame, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) -> Void
  var backwardBody:
    (
      _ frame: Frame, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
      _ dx: UnsafeMutablePointer<Float>
    ) -> Void
  /// Which of x and y the backward body reads; the other is not kept for it.
  var backwardReadsInput = false
  var backwardReadsOutput = false

  func forward(training: Bool) -> [Pass] {
    [Pass(.images { f in forwardBody(f, f[input], f[output]) }, [input, output])]
  }

  func backward(_ gradients: Gradients) -> [Pass] {
    guard let dx = gradients.input else { return [] }
    let kept = (backwardReadsInput ? [input] : []) + (backwardReadsOutput ? [output] : [])
    return [
      Pass(
        .images { f in backwardBody(f, f[input], f[output], f[gradients.output], f[dx]) },
        kept + [gradients.output, dx])
    ]
  }
}
