import Neural

extension FuzzTarget {
  /// A training's state. A state that can be read must be equal after writing and reading it.
  static let trainingState = FuzzTarget(name: "training-state", maximumLength: 16_384) { bytes in
    guard let state = try? TrainingState(bytes: bytes) else { return }
    let written = state.bytes()
    expect(
      (try? TrainingState(bytes: written))?.bytes() == written, "reading a written state gives another state")
  }
}
