import Testing

@testable import Neural

/// A file whose layers have other names loads where the user says what they are called, and nothing is guessed.
@Suite struct NameReplacementTests {
  @Test(arguments: [
    (["fc": "head.2"], "fc.weight", "head.2.weight"),
    (["conv1": "0"], "layer1.0.conv1.weight", "layer1.0.0.weight"),
    (["layer1": "a", "layer1.0": "b"], "layer1.0.weight", "b.weight"),
    (["a": "b", "b": "a"], "a.b.weight", "b.a.weight"),
    (["model": ""], "model.0.weight", "0.weight"),
    (["onv": "x", "conv": "y"], "conv.weight", "y.weight"),
  ])
  func `parts of names are replaced`(replacements: [String: String], old: String, new: String) throws {
    let rest = replacements.keys.map { "\($0).other" }
    let names = try NameReplacements(replacements, of: [old] + rest)
    #expect(names(old) == new)
    #expect(names("else.weight") == "else.weight")
  }

  private func model() throws -> Model {
    try Model("Tiny", input: Shape(features: 3)) {
      Linear(3, 4)
      Block("head") { Linear(4, 2) }
    }
  }

  private func checkpoint(_ names: [String: String]) throws -> Checkpoint {
    let state = try model().state
    return Checkpoint(
      state: Dictionary(uniqueKeysWithValues: state.map { (names[$0.key] ?? $0.key, $0.value) }))
  }

  private let foreign = [
    "0.weight": "stem.weight", "0.bias": "stem.bias", "head.0.weight": "module.fc.weight",
    "head.0.bias": "module.fc.bias",
  ]

  @Test func `a file loads under the model's names, also one of a wrapped model`() throws {
    let model = try model()
    let result = try checkpoint(foreign).restore(into: model, names: ["stem": "0", "fc": "head.0"])
    #expect(result.isComplete && result.wrappers == ["module"])
  }

  @Test func `a part that no name has is an error`() throws {
    let error = #expect(throws: CheckpointError.self) {
      try checkpoint(foreign).restore(into: model(), names: ["stem": "0", "FC": "head.0"])
    }
    #expect(
      error?.description
        == "checkpoint: no tensor's name contains 'FC', which names: replaces; the tensors are "
        + "module.fc.bias, module.fc.weight, stem.bias and 1 more")
  }

  @Test func `two tensors under one name are an error`() throws {
    let error = #expect(throws: CheckpointError.self) {
      try checkpoint(foreign).restore(into: model(), names: ["stem": "0", "module.fc": "0"])
    }
    #expect(
      error?.description
        == "checkpoint: with names:, both module.fc.bias and stem.bias are called 0.bias")
  }
}
