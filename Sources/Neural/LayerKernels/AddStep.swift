import CKernels

/// The sum of a residual connection.
struct AddStep: PlanStep {
  var count: Int

  var isTrained: Bool { false }
  var isCheap: Bool { false }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (false, false) }
  var groupedGradients: [GroupedGradient] { [] }

  func prepare(_ phase: Phase) -> [Preparation] { [] }

  func forward(_ values: StepValues) -> [Pass] {
    guard let first = values.inputs.first, let second = values.inputs.last else { return [] }
    let output = values.output
    return [
      Pass(
        .images { f in f.kernels.pointee.add(f[first], f[second], f[output], Int64(count)) },
        values.inputs + [output])
    ]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    gradients.inputs.compactMap { $0 }.map { dx in
      Pass(.images { f in f[dx].update(from: f[gradients.output], count: count) }, [gradients.output, dx])
    }
  }
}
