/// The steps that a piece of code may call.
package struct CalledSteps: Sendable {
  package let steps: [Step]

  /// - Parameter names: names of catalogue rows; those that are not steps are ignored.
  package init(_ names: some Sequence<String>) { steps = names.compactMap(Step.named) }

  package var isEmpty: Bool { steps.isEmpty }

  /// Whether one of them has an effect.
  package func contains(_ effect: Step.Effect) -> Bool { steps.contains { $0.effects.contains(effect) } }
}
