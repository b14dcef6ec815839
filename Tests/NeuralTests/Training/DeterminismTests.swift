import Foundation
import Testing

@testable import Neural

/// The bytes of a checkpoint depend only on seed, data and recipe.
@Suite struct DeterminismTests {
  /// A network with one of every kind of step.
  private func network() throws -> Model {
    try Model("Every", seed: 11) {
      DepthwiseSeparableConv2d(3, 16, kernelSize: 3, padding: 1)
      BatchNorm2d(16)
      ReLU()
      Dropout2d(0.1)
      MaxPool2d(2)
      DilatedConv2d(16, 32, kernelSize: 3, padding: 2, dilation: 2)
      BatchNorm2d(32)
      ReLU()
      Residual {
        Conv2d(32, 32, kernelSize: 3, padding: 1)
        BatchNorm2d(32)
        Dropout2d(0.2)
      }
      ReLU()
      Conv2d(32, 32, kernelSize: 5, padding: 2)
      BatchNorm2d(32)
      ReLU()
      Conv2d(32, 16, kernelSize: 3, stride: 2, padding: 1)
      ReLU()
      Dropout(0.1)
      AdaptiveAvgPool2d(2)
      Flatten()
      Linear(64, 10)
      LogSoftmax()
    }
  }

  private func checkpoint(_ data: ImageData, _ precision: Precision, threads: Int) throws -> Data {
    let folder = try TemporaryDirectory()
    let recipe = TrainingRecipe(
      epochs: 2, optimizer: .adamW(), schedule: .cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4),
      precision: precision)
    let trainer = try Trainer(try network(), data, recipe, threads: threads, seed: 3)
    trainer.checkpointDirectory = folder.path
    _ = try trainer.run()
    return try Data(contentsOf: URL(fileURLWithPath: folder.file("last.safetensors")))
  }

  @Test(arguments: Set(Precision.allCases.map(\.supported)).sorted { $0.rawValue < $1.rawValue })
  func checkpointsAreTheSameForAnyNumberOfThreads(_ precision: Precision) throws {
    let winograd = try network().graph.nodes.filter { node in
      guard let c = (node.operation as? Conv2d)?.convolution else { return false }
      return WinogradStep.suits(c, input: Shape(c.inChannels, node.shape.height, node.shape.width))
    }
    #expect(winograd.map(\.path) == ["5.conv", "8.0", "10"], "Winograd's steps are to be among those tested")
    // A last batch of two has fewer images than there are gradient groups.
    let data = try ImageData(
      Dataset.synthetic(train: 54, test: 20), batchSize: 13,
      augmentation: [.horizontalFlip(), .shiftScaleRotate()], seed: 5)
    let first = try checkpoint(data, precision, threads: 1)
    for threads in [1, 2, 3, 4] {
      #expect(try checkpoint(data, precision, threads: threads) == first, "\(threads) threads")
    }
  }
}
