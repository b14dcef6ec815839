extension ParameterStore {
  /// The first thing that is wrong with a state for these entries.
  func fault(in state: [String: Tensor], trainedOnly: Bool) -> PlanError.Fact? {
    var known: Set<String> = []
    for entry in entries where entry.specification.isTrained || !trainedOnly {
      known.insert(entry.name)
      guard let tensor = state[entry.name] else { return .missing(parameter: entry.name) }
      guard tensor.shape == entry.specification.shape else {
        return .shape(parameter: entry.name, expected: entry.specification.shape, found: tensor.shape)
      }
    }
    return state.keys.sorted().first { !known.contains($0) && !$0.hasSuffix("num_batches_tracked") }
      .map { .unexpected(parameter: $0) }
  }
}
