import Foundation
import NaiveTraining
import Neural
import Testing

@testable import NotebookRunner

/// Networks written in cells with the weights of PyTorch's (`Fixtures/state_dicts.json`, written by `scripts/make-fixtures
/// state_dicts`). A tensor in the wrong place, or a layer that computes something else, makes a published network
/// useless, without an error.
@Suite struct StateDictTests {
  /// The results of PyTorch's network for 20 pictures of ten classes in turn.
  struct Expected: Decodable {
    /// The factor of linear layers.
    var factor: Double
    /// The names and shapes in the order of the `state_dict`.
    var tensors: [Tensor]
    var loss: Double
    var correct: Int
    var logProbabilities: [[Double]]

    private enum CodingKeys: String, CodingKey {
      case factor, tensors, loss, correct
      case logProbabilities = "log_probabilities"
    }

    struct Tensor: Decodable {
      var name: String
      var shape: [Int]
      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        name = try values.decode(String.self)
        shape = try values.decode([Int].self)
      }
    }
  }

  static let count = 20

  static let networks: [String: String] = [
    "resnet20": """
    func unit(_ inputs: Int, _ width: Int, stride: Int = 1) -> Sequential {
      Sequential {
        Conv2d(inputs, width, kernelSize: 3, stride: stride, padding: 1, bias: false); BatchNorm2d(width)
      }
    }
    func block(_ inputs: Int, _ width: Int) -> Sequential {
      Sequential {
        if inputs == width {
          Residual { unit(inputs, width); ReLU(); unit(width, width) }
        } else {
          Residual(shortcut: { Conv2d(inputs, width, kernelSize: 1, stride: 2, bias: false); BatchNorm2d(width) }) {
            unit(inputs, width, stride: 2); ReLU(); unit(width, width)
          }
        }
        ReLU()
      }
    }
    let model = buildModel("ResNet20") {
      Sequential { unit(3, 16); ReLU() }
      Block("layer1") { block(16, 16); block(16, 16); block(16, 16) }
      Block("layer2") { block(16, 32); block(32, 32); block(32, 32) }
      Block("layer3") { block(32, 64); block(64, 64); block(64, 64) }
      AdaptiveAvgPool2d(1); Flatten()
      Block("linear") { Linear(64, 10) }
    }
    loadWeights(model, from: "weights.safetensors", names: [
      "conv1": "0.0.0", "bn1": "0.0.1", "conv2": "0.2.0", "bn2": "0.2.1", "shortcut": "0.shortcut",
      "linear": "linear.0",
    ])
    """,
    "vgg11_bn": """
    let model = buildModel("VGG") {
      Block("features") {
        for channels in [[3, 64], [], [64, 128], [], [128, 256], [256, 256], [], [256, 512], [512, 512], [],
          [512, 512], [512, 512], []] {
          if channels.isEmpty {
            MaxPool2d(2)
          } else {
            Conv2d(channels[0], channels[1], kernelSize: 3, padding: 1); BatchNorm2d(channels[1]); ReLU()
          }
        }
      }
      Flatten()
      Block("classifier") {
        Dropout(); Linear(512, 512); ReLU(); Dropout(); Linear(512, 512); ReLU(); Linear(512, 10)
      }
    }
    loadWeights(model, from: "weights.safetensors")
    """,
    "mobilenet_v2": """
    func unit(_ inputs: Int, _ width: Int, kernelSize: Int = 3, stride: Int = 1, groups: Int = 1) -> Sequential {
      Sequential {
        Conv2d(inputs, width, kernelSize: kernelSize, stride: stride, padding: kernelSize / 2, groups: groups, bias: false)
        BatchNorm2d(width); ReLU6()
      }
    }
    func branch(_ inputs: Int, _ width: Int, expansion: Int, stride: Int = 1) -> Block {
      Block("conv") {
        if expansion > 1 { unit(inputs, inputs * expansion, kernelSize: 1) }
        unit(inputs * expansion, inputs * expansion, stride: stride, groups: inputs * expansion)
        Conv2d(inputs * expansion, width, kernelSize: 1, bias: false); BatchNorm2d(width)
      }
    }
    // Inputs, width, expansion, stride, blocks.
    let stages = [[32, 16, 1, 1, 1], [16, 24, 6, 2, 2], [24, 32, 6, 2, 3], [32, 64, 6, 2, 4], [64, 96, 6, 1, 3],
      [96, 160, 6, 2, 3], [160, 320, 6, 1, 1]]
    let model = buildModel("MobileNetV2") {
      Block("features") {
        unit(3, 32, stride: 2)
        for stage in stages {
          Sequential { branch(stage[0], stage[1], expansion: stage[2], stride: stage[3]) }
          for _ in 1..<stage[4] { Residual { branch(stage[1], stage[1], expansion: stage[2]) } }
        }
        unit(320, 1280, kernelSize: 1)
      }
      AdaptiveAvgPool2d(1); Flatten()
      Block("classifier") { Dropout(0.2); Linear(1280, 10) }
    }
    loadWeights(model, from: "weights.safetensors")
    """,
  ]

  @Test(arguments: ["resnet20", "vgg11_bn", "mobilenet_v2"])
  func `a network in cells evaluates as PyTorch's`(name: String) throws {
    let expected = try #require(Self.expected()[name])
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.imageFolder("pictures"), batchSize: 8, augmentation: [
        .normalize(mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.2010])
      ])
      \(try #require(Self.networks[name]))
      let evaluation = evaluate(model, on: data)
      print(evaluation.loss, evaluation.accuracy)
      save(model, to: "loaded.safetensors")
      ```
      """)
    var state: [String: Tensor] = [:]
    for (position, tensor) in expected.tensors.enumerated() {
      state[tensor.name] = Self.weights(position, tensor, expected.factor)
    }
    try Checkpoint(state: state, batchesTracked: 9, metadata: ["format": "pt"])
      .write(to: "\(bench.folder)/weights.safetensors")
    let pictures = try (0..<Self.count).map(Self.picture)
    for (number, picture) in pictures.enumerated() {
      try bench.write(picture.png(), to: "pictures/test/class\(number % 10)/\(number).png")
      try bench.write(picture.png(), to: "pictures/train/class\(number % 10)/\(number).png")
    }

    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let line = try #require(
      bench.display.lines.first { $0.contains(".") && Double($0.prefix { $0 != " " }) != nil })
    let numbers = line.split(separator: " ").compactMap { Double($0) }
    #expect(abs(numbers[0] - expected.loss) <= 1e-4, "loss \(numbers[0]), not \(expected.loss)")
    #expect(numbers[1] == Double(expected.correct) / Double(Self.count))

    // The outputs of each picture, from the weights that the notebook's model has.
    let model = try #require(NotebookRunner.networks(of: bench.options()).network(named: nil)).model
    try Checkpoint(path: "\(bench.folder)/output/n/loaded.safetensors").restore(into: model)
    let data = try ImageData(
      Dataset.synthetic(train: 10, test: 10), batchSize: 1,
      augmentation: [.normalize(mean: Normalization.cifar10Mean, std: Normalization.cifar10Std)])
    let found = try model.predict(pictures, data: data, threads: 2)
    for (found, expected) in zip(found, expected.logProbabilities) {
      for (probability, expected) in zip(found, expected) {
        #expect(
          abs(log(Double(probability)) - expected) <= 1e-4, "\(log(Double(probability))), not \(expected)")
      }
    }
  }

  private static func expected() throws -> [String: Expected] {
    let tests = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3)
    let file = NSString.path(withComponents: tests + ["NeuralTests", "Fixtures", "state_dicts.json"])
    return try JSONDecoder().decode(
      [String: Expected].self, from: Data(contentsOf: URL(fileURLWithPath: file)))
  }

  private static func weights(_ position: Int, _ tensor: Expected.Tensor, _ factor: Double) -> Tensor {
    let last = tensor.name.split(separator: ".").last
    let values = FormulaTensors.initial(
      position, shape: tensor.shape,
      isScale: tensor.shape.count == 1 && (last == "weight" || last == "running_var"))
    return Tensor(
      shape: tensor.shape,
      values: tensor.shape.count == 2 ? values.map { Float(Double($0) * factor) } : values)
  }

  /// 32×32 pixels in squares of random colours.
  private static func picture(_ number: Int) throws -> Image {
    let colours = FormulaTensors.bytes((1 << 20) + number, count: 4 * 4 * 3)
    let pixels = (0..<32 * 32).flatMap { pixel -> ArraySlice<UInt8> in
      let square = (pixel / 32 / 8) * 4 + pixel % 32 / 8
      return colours[3 * square..<3 * square + 3]
    }
    return try Image(ImageSize(32, 32), pixels: pixels)
  }
}
