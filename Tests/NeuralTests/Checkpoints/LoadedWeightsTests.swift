import Support
import Testing

@testable import Neural

/// Without these, weights of a wrapped model are refused, fine-tuning is impossible, or a user does not learn what was
/// loaded.
struct LoadedWeightsTests {
  private func model(classes: Int = 2, seed: UInt64 = 1) throws -> Model {
    try Model("Tiny", input: Shape(3, 8, 8), seed: seed) {
      Block("stem") {
        Conv2d(3, 4, kernelSize: 3)
        BatchNorm2d(4)
      }
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(4, classes)
    }
  }

  private func file(_ model: Model, _ rename: (String) -> String) -> Checkpoint {
    let saved = Checkpoint(of: model, batchesTracked: 3).contents
    return Checkpoint(
      Safetensors(
        tensors: Dictionary(uniqueKeysWithValues: saved.tensors.map { (rename($0.key), $0.value) }),
        integers: Dictionary(uniqueKeysWithValues: saved.integers.map { (rename($0.key), $0.value) })))
  }

  @Test(
    arguments: [
      ("module.", ["module"]), ("_orig_mod.", ["_orig_mod"]), ("module._orig_mod.", ["_orig_mod", "module"]),
      ("_orig_mod.module.", ["_orig_mod", "module"]),
    ])
  func `names of a wrapped model load, with a note`(prefix: String, wrappers: [String]) throws {
    let (saved, other) = (try model(seed: 1), try model(seed: 2))
    let result = try file(saved) { prefix + $0 }.restore(into: other)
    #expect(other.state == saved.state)
    #expect(result.wrappers == wrappers)
    #expect(result.isComplete)
    #expect(result.note?.hasPrefix("'\(wrappers[0]).'") == true)
  }

  @Test func `a wrapped part of a model loads`() throws {
    let (saved, other) = (try model(seed: 1), try model(seed: 2))
    try file(saved) { $0.replacing("stem.", with: "stem._orig_mod.") }.restore(into: other)
    #expect(other.state == saved.state)
  }

  @Test func `equal names have no note`() throws {
    let model = try model()
    #expect(try file(model) { $0 }.restore(into: model).note == nil)
  }

  @Test func `a name that matches two tensors is not guessed`() throws {
    let model = try model()
    var state = model.state
    state["module.3.bias"] = Tensor(shape: [2], values: [5, 5])
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(state: state).restore(into: model) }
    #expect(error?.description.contains("not in the model: module.3.bias") == true)
  }

  @Test func `a name of the model itself is kept`() throws {
    func layers(seed: UInt64) throws -> Model {
      try Model("Odd", input: Shape(3, 8, 8), seed: seed) {
        Block("module") {
          Flatten()
          Linear(192, 2)
        }
      }
    }
    let (saved, other) = (try layers(seed: 1), try layers(seed: 2))
    #expect(try Checkpoint(of: saved).restore(into: other).wrappers.isEmpty)
    #expect(other.state == saved.state)
  }

  @Test func `without strict, what fits is loaded and the rest is named`() throws {
    let (saved, target) = (try model(classes: 10, seed: 1), try model(classes: 2, seed: 2))
    let before = target.state
    let checkpoint = file(saved) { "module." + ($0 == "stem.1.bias" ? "old.bias" : $0) }
    let result = try checkpoint.restore(into: target, strict: false)
    #expect(
      result.loaded.map(\.name) == [
        "stem.0.weight", "stem.0.bias", "stem.1.weight", "stem.1.running_mean", "stem.1.running_var",
      ])
    #expect(result.rest.missing == ["stem.1.bias"])
    #expect(result.rest.unexpected == ["module.old.bias"])
    #expect(result.rest.misshapen.map(\.name) == ["3.weight", "3.bias"])
    #expect(result.tensorCount == 8)
    #expect(result.shapes["stem.1.bias"] == [4] && result.shapes["module.old.bias"] == [4])
    for name in before.keys {
      let isLoaded = result.loaded.contains { $0.name == name }
      #expect(target.state[name] == (isLoaded ? saved.state[name] : before[name]))
    }
  }

  @Test func `nothing loaded is an error and changes nothing`() throws {
    let model = try model()
    let before = model.state
    let checkpoint = file(model) { "encoder.\($0)" }
    let error = #expect(throws: CheckpointError.self) { try checkpoint.restore(into: model, strict: false) }
    #expect(
      error?.description.hasPrefix("checkpoint: none of these weights fits model 'Tiny': missing: ") == true)
    #expect(model.state == before)
  }

  @Test(
    arguments: [
      ("a.pth", [0x50, 0x4B, 3, 4], "a PyTorch file"), ("a.pt", [0x80, 2, 0x8A, 0x0A], "a PyTorch file"),
      ("pytorch_model.bin", [0x50, 0x4B, 3, 4], "a PyTorch file"),
      ("a.ckpt", [0x50, 0x4B, 3, 4], "a PyTorch file"),
      ("a.pth.tar", [0x80, 2, 0x7D], "a PyTorch file"),
      ("no-extension", [0x50, 0x4B, 3, 4], "a PyTorch file"),
      ("a.h5", [0x89, 0x48, 0x44, 0x46], "a Keras file"), ("a.keras", [0x50, 0x4B, 3, 4], "a Keras file"),
      ("a.onnx", [8, 7, 0x12, 7], "an ONNX file"), ("a.npz", [0x50, 0x4B, 3, 4], "a NumPy file"),
      ("a.gguf", [0x47, 0x47, 0x55, 0x46], "not a safetensors file"),
    ] as [(String, [UInt8], String)])
  func `a file of another format is named, with what to do`(name: String, start: [UInt8], format: String)
    throws
  {
    let place = try TemporaryDirectory()
    let path = place.file(name)
    try (start + Array(repeating: 1, count: 200)).withUnsafeBytes { try AtomicFile.write($0, to: path) }
    let texts = [
      #expect(throws: CheckpointError.self) { try Checkpoint(path: path) }?.description,
      #expect(throws: CheckpointError.self) { try CheckpointOutline(path: path) }?.description,
    ]
    #expect(texts[0] == texts[1])
    #expect(texts[0]?.hasPrefix("\(path) is \(format); loadWeights reads safetensors files; ") == true)
  }

  @Test func `the lines of Python are exact`() {
    #expect(
      ForeignWeights.pytorch.advice("my \"best\".pth.tar") == #"""
        convert it in Python:
            import torch, safetensors.torch
            state = torch.load("my \"best\".pth.tar", map_location="cpu", weights_only=True)
            safetensors.torch.save_file({k: v.contiguous().clone() for k, v in state.items()}, "my \"best\".safetensors")
        if the file contains more than the weights, add ["state_dict"] (or its key) to the second line
        """#)
    #expect(ForeignWeights.pytorch.advice("a/last.ckpt").contains("weights_only=True)[\"state_dict\"]\n"))
  }

  @Test func `a safetensors file loads whatever its name`() throws {
    let place = try TemporaryDirectory()
    let model = try model()
    try Checkpoint(of: model).write(to: place.file("model.bin"))
    #expect(try Checkpoint(path: place.file("model.bin")).restore(into: model).isComplete)
  }
}
