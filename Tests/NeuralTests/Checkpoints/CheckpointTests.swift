import Testing

@testable import Neural

struct CheckpointTests {
  private func model(_ name: String = "Tiny", width: Int = 4, seed: UInt64 = 1) throws -> Model {
    try Model(name, input: Shape(3, 8, 8), seed: seed) {
      Block("stem") {
        Conv2d(3, width, kernelSize: 3, padding: 1)
        BatchNorm2d(width)
        ReLU()
      }
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(width, 2)
    }
  }

  @Test func `a model gets its weights back`() throws {
    let place = try TemporaryDirectory()
    let (saved, other) = (try model(seed: 1), try model(seed: 2))
    #expect(saved.state != other.state)
    try Checkpoint(of: saved, batchesTracked: 781, metadata: ["epoch": "1"])
      .write(to: place.file("best.safetensors"))
    let checkpoint = try Checkpoint(path: place.file("best.safetensors"))
    try checkpoint.restore(into: other)
    #expect(saved.state == other.state)
    #expect(checkpoint.metadata == ["epoch": "1", "weights": "initial"])
  }

  @Test func `it has the counters that PyTorch's batch normalisation expects`() throws {
    let contents = Checkpoint(of: try model(), batchesTracked: 781).contents
    #expect(contents.integers == ["stem.1.num_batches_tracked": .init(scalar: 781)])
    #expect(Checkpoint(contents).batchesTracked == ["stem.1.num_batches_tracked": 781])
  }

  @Test func `a checkpoint without counters is taken too`() throws {
    let model = try model()
    try Checkpoint(Safetensors(tensors: model.state)).restore(into: model)
  }

  @Test func `another model's weights are refused and change nothing`() throws {
    let place = try TemporaryDirectory()
    let path = place.file("best.safetensors")
    try Checkpoint(of: try model(width: 8)).write(to: path)
    let target = try model()
    let before = target.state
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(path: path).restore(into: target) }
    #expect(
      error?.description == "\(path): these weights do not fit model 'Tiny': shapes differ: "
        + "stem.0.weight expected [4, 3, 3, 3], found [8, 3, 3, 3]; stem.0.bias expected [4], found [8]; "
        + "stem.1.weight expected [4], found [8] and 4 more; load them into the model they were saved from, "
        + "or use strict: false to load those that fit")
    #expect(target.state == before)
  }

  @Test func `missing and unexpected names are reported`() throws {
    let model = try model()
    var state = model.state
    state["head.weight"] = state.removeValue(forKey: "3.weight")
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(state: state).restore(into: model) }
    #expect(
      error?.description == "checkpoint: these weights do not fit model 'Tiny': missing: 3.weight; "
        + "not in the model: head.weight; load them into the model they were saved from, "
        + "or use strict: false to load those that fit, or give names: if only the names differ")
  }

  /// Advice that is followed and fails costs an hour.
  @Test(arguments: ["model.", "net.", "model.backbone."])
  func `names with a prefix get a way that loads them`(_ prefix: String) throws {
    let model = try model()
    let foreign = Dictionary(
      uniqueKeysWithValues: model.state.map { ("\(prefix)\($0.key)", $0.value) } + [
        ("criterion.weight", Tensor(shape: [1], values: [1]))
      ])
    for strict in [true, false] {
      let error = #expect(throws: CheckpointError.self) {
        try Checkpoint(state: foreign).restore(into: model, strict: strict)
      }
      let text = error?.description ?? ""
      #expect(!text.contains("strict: false"), "it would load nothing")
      #expect(
        text.contains("the names fit without '\(prefix)' at their start; rename them in Python:")
          && text.contains(
            "{k[\(prefix.count):]: v for k, v in state.items() if k.startswith(\"\(prefix)\")}"),
        "\(text)")
    }
    // The renamed file loads.
    let renamed = foreign.filter { $0.key.hasPrefix(prefix) }.map {
      (String($0.key.dropFirst(prefix.count)), $0.value)
    }
    try Checkpoint(state: Dictionary(uniqueKeysWithValues: renamed)).restore(into: model)
  }

  @Test func `strict: false is not advised where nothing fits`() throws {
    let model = try model()
    let error = #expect(throws: CheckpointError.self) {
      try Checkpoint(state: ["other.weight": Tensor(shape: [1], values: [1])]).restore(into: model)
    }
    #expect(error?.description.contains("strict") == false, "\(error?.description ?? "")")
  }
}
