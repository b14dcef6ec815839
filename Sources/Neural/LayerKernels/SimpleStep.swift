import CKernels

/// A step without parameters whose passes process each image separately.
struct SimpleStep: PlanStep {
  var forwardBody: (_ frame: Frame, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) -> Void
  var backwardBody:
    (
      _ frame: Frame, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
      _ dx: UnsafeMutablePointer<Float>
    ) -> Void
  var backwardReads: (input: Bool, output: Bool)
  var groupedGradients: [GroupedGradient] { [] }
  var isCheap: Bool

  var isTrained: Bool { false }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }

  func prepare(_ phase: Phase) -> [Preparation] { [] }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    return [Pass(.images { f in forwardBody(f, f[input], f[output]) }, [input, output])]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    guard let dx = gradients.input else { return [] }
    let dy = gradients.output
    // A value that the body does not read has no place; pass the gradient instead.
    let x = backwardReads.input ? values.input : dy
    let y = backwardReads.output ? values.output : dy
    return [Pass(.images { f in backwardBody(f, f[x], f[y], f[dy], f[dx]) }, [x, y, dy, dx])]
  }
}
