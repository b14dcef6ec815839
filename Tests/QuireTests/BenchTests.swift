import Foundation
import Testing

/// `quire bench`, called by a user or a script.
@Suite struct BenchTests {
  private let small = ["--batch-size", "2", "--threads", "1"]

  @Test(arguments: [
    "assignment", "edited", "mlp", "lenet", "vgg", "deep-vgg", "vgg-bn-64", "conv5", "groupnorm-gelu",
    "resnet20", "resnet18-224", "grouped", "mobilenetv2", "depthwise5-silu",
  ])
  func trainingStepsAreOneJSONObject(network: String) throws {
    let object = try json(["train", "--network", network, "--batches", "2"] + small)
    #expect(object["network"] as? String == network)
    #expect(object["precision"] as? String == "float32")
    #expect(object["threads"] as? Int == 1)
    #expect(object["batchSize"] as? Int == 2)
    #expect(object["instructionSet"] as? String != nil)
    let rates = try ["min", "imagesPerSecond", "max"].map { try #require(object[$0] as? Double) }
    #expect(rates[0] > 0)
    #expect(rates == rates.sorted())
    #expect(object["allocationsPerBatch"] == nil, "nothing counts them here")
  }

  @Test func anEpochTellsHowLongStepsWaited() throws {
    let object = try json(["epoch", "--images", "8", "--batches", "2"] + small)
    #expect(object["images"] as? Int == 4)
    #expect(object["data"] as? String == "synthetic")
    let share = try #require(object["waitShare"] as? Double)
    #expect((0...1).contains(share))
    #expect(try #require(object["peakMemoryBytes"] as? Int) > 1_000_000)
  }

  /// Otherwise a user could time networks for CIFAR-10's images only.
  @Test func imagesHaveTheNetworksSize() throws {
    let epoch = try json(["epoch", "--network", "vgg-bn-64", "--images", "4", "--batches", "1"] + small)
    #expect(epoch["data"] as? String == "noise")
    let evaluation = try json(
      ["evaluate", "--network", "vgg-bn-64", "--images", "3", "--rounds", "1"] + small)
    #expect(evaluation["images"] as? Int == 3)
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Executable.run(["bench", "epoch", "--network", "vgg-bn-64", "--data", folder])
    #expect(result.status == 1)
    #expect(
      result.errors.contains("the network takes 3×64×64 and has 10 outputs, but CIFAR-10 has"),
      "\(result.errors)")
  }

  @Test func otherBenchmarksGiveFigures() throws {
    #expect(try #require(json(["augment", "--images", "64"])["imagesPerSecond"] as? Double) > 0)
    let evaluation = try json(["evaluate", "--images", "4", "--rounds", "1"] + small)
    #expect(try #require(evaluation["seconds"] as? Double) > 0)
    #expect(evaluation["images"] as? Int == 4)
    let operations = try json(["ops", "--batches", "1"] + small)["operations"] as? [[String: Any]]
    #expect(operations?.count == 23)
    #expect(operations?.first?["kernel"] as? String == "depthwise 3×3")
    let linear =
      try json(["ops", "--batches", "1", "--network", "mlp"] + small)["operations"] as? [[String: Any]]
    #expect(linear?.map { $0["kernel"] as? String } == Array(repeating: "linear product", count: 3))
    #expect(try #require(json(["machine", "--threads", "1"])["float32"] as? Double) > 0)
  }

  /// A user times his own network, with the batch size, the loss and the optimizer of its training.
  @Test func aNotebooksNetworkIsTimed() throws {
    let notebook = try notebook(
      """
      let data = loadData(.imageFolder("nowhere"), batchSize: 4)
      let model = buildModel("Angles", inputSize: 20) {
        Conv2d(3, 4, kernelSize: 5); GELU(); AdaptiveAvgPool2d(1); Flatten(); Linear(4, 2)
      }
      let other = buildModel("Classes") {
        Conv2d(3, 4, kernelSize: 3); AdaptiveAvgPool2d(1); Flatten(); Linear(4, 7)
      }
      train(model, on: data, epochs: 3, optimizer: .sgd(learningRate: 0.1, momentum: 0.9), loss: .mse)
      """)
    let settings = [notebook, "--batches", "1"] + small
    for command in ["train", "epoch", "evaluate", "ops"] {
      let object = try json([command] + settings)
      #expect(object["network"] as? String == "Angles")
      #expect(object["notebook"] as? String == notebook)
      if command != "ops" { #expect(try #require(object["imagesPerSecond"] as? Double) > 0) }
      #expect(try json([command, "--model", "Classes"] + settings)["network"] as? String == "Classes")
    }
    let text = try Executable.run(["bench", "train"] + settings)
    #expect(
      text.output.contains("\nloss .mse, optimizer SGD(learningRate: 0.1, momentum: 0.9"),
      "\(text.output)\(text.errors)")
    let unknown = try Executable.run(["bench", "train", "--model", "Other"] + settings)
    #expect(unknown.status == 2)
    #expect(
      unknown.errors
        == "\(notebook): error: the notebook has no model 'Other'; its models are Angles, Classes\n")
  }

  @Test func errorsOfANotebookHaveTheirPlaces() throws {
    let notebook = try notebook("let model = buildModel(\"M\") { Linear(5, 10) }")
    let result = try Executable.run(["bench", "train", notebook] + small)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("\(notebook):2:31: error: "), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  /// A user who sets --max-memory relies on the forecast.
  @Test func theMemoryIsMeasuredAndForecast() throws {
    let object = try json(["memory", "--network", "vgg"] + small)
    let peak = try #require(object["peakMemoryBytes"] as? Int)
    let forecast = try #require(object["forecastBytes"] as? Int)
    #expect((0.5...2).contains(Double(forecast) / Double(peak)), "forecast \(forecast), peak \(peak)")
  }

  /// A notebook with one cell, in a folder that the system removes.
  private func notebook(_ cell: String) throws -> String {
    let path = try Executable.scratchFolder() + "/n.md"
    try "```swift\n\(cell)\n```\n".write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func withoutJSONTheyAreText() throws {
    let result = try Executable.run(["bench", "train", "--batches", "1"] + small)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("assignment, batch 2, float32, "))
    #expect(result.output.contains(" images/s ("))
    #expect(result.output.contains("allocations per batch: not counted"))
  }

  @Test(arguments: [
    ["train", "--batches", "0"], ["train", "--threads", "257"], ["train", "--batch-size", "0"],
    ["train", "--network", "alexnet"], ["train", "--precision", "float8"], ["epoch", "--images", "0"],
    ["epoch", "--batches", "0"], ["evaluate", "--rounds", "-1"], ["augment", "--images", "-1"],
    ["ops", "--batches", "x"],
    ["train", "--model", "M"], ["train", "-p", "a=1"], ["train", "n.md", "--network", "vgg"],
    ["machine", "--threads", "0"], ["nonsense"],
  ])
  func aWrongCommandLineExitsWith2(arguments: [String]) throws {
    let result = try Executable.run(["bench"] + arguments)
    #expect(result.status == 2, "\(arguments): \(result.output)\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func dataThatIsNotThereIsAnError() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for command in ["epoch", "evaluate"] {
      let result = try Executable.run(["bench", command, "--data", folder])
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("quire bench \(command): error: "), "\(result.errors)")
      #expect(result.errors.contains(folder))
    }
    let result = try Executable.run(["bench", "epoch", "--images", "1"])
    #expect(result.status == 1)
    #expect(result.errors.contains("cannot fill a batch of 64 from 1 images"), "\(result.errors)")
  }

  @Test func aPrecisionThatTheProcessorLacksIsAnError() throws {
    let result = try Executable.run(
      ["bench", "train", "--precision", "mixedBFloat16"], environment: ["QUIRE_ISA": "portable"])
    #expect(result.status == 1)
    #expect(
      result.errors
        == "quire bench train: error: mixedBFloat16 is not supported by this processor's instruction set (portable)\n"
    )
  }

  #if os(Linux)
    @Test(
      arguments: ["assignment", "resnet20", "vgg", "edited", "mlp", "mobilenetv2"],
      ["float32", "mixedBFloat16"])
    func aStepAllocatesNothingOnAnyThread(network: String, precision: String) throws {
      let program = URL(fileURLWithPath: try Executable.path())
      let counter = program.deletingLastPathComponent().appendingPathComponent("libAllocationCounter.so").path
      let result = try Executable.run(
        ["bench", "train", "--network", network, "--precision", precision, "--batches", "3", "--json"]
          + ["--batch-size", "3", "--threads", "2"], environment: ["LD_PRELOAD": counter])
      if result.errors.contains("is not supported by this processor's instruction set") { return }
      #expect(result.output.contains("\"allocationsPerBatch\":0,"), "\(result.output)\(result.errors)")
    }
  #endif

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let result = try Executable.run(["bench"] + arguments + ["--json"])
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    #expect(result.output.split(separator: "\n").count == 1)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(object as? [String: Any])
  }
}
