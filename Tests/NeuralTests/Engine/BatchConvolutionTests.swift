import Testing

@testable import Neural

/// Direct convolutions over a whole batch against the naive ones: layers with many weights and small images, and
/// `Linear` layers, would otherwise be slow.
@Suite struct BatchConvolutionTests {
  struct Case: Sendable, CustomStringConvertible {
    var convolution: Convolution
    var height: Int
    var width: Int
    var input: Shape { Shape(convolution.inChannels, height, width) }
    var description: String { "\(Conv2d(convolution).contentDescription) at \(height)×\(width)" }
  }

  static let cases = [
    Case(convolution: Convolution(inChannels: 200, outChannels: 170, kernelSize: 1), height: 4, width: 3),
    Case(
      convolution: Convolution(inChannels: 200, outChannels: 170, kernelSize: 1, stride: 2, padding: 1),
      height: 5, width: 5),
    Case(
      convolution: Convolution(inChannels: 66, outChannels: 70, kernelSize: 3, stride: 2, padding: 1),
      height: 9, width: 7),
    Case(
      convolution: Convolution(
        inChannels: 132, outChannels: 140, kernelSize: 3, stride: 3, padding: 2, groups: 2),
      height: 8, width: 5),
    Case(
      convolution: Convolution(inChannels: 60, outChannels: 62, kernelSize: 3, padding: 1, dilation: 2),
      height: 7, width: 6),
    Case(
      convolution: Convolution(
        inChannels: 3, outChannels: 250, kernelSize: 7, stride: 2, padding: 3, bias: false),
      height: 16, width: 14),
    Case(
      convolution: Convolution(inChannels: 40, outChannels: 40, kernelSize: 5, padding: 2, bias: false),
      height: 2, width: 2),
  ]

  @Test(arguments: cases, InstructionSet.supported)
  func reference(_ test: Case, kernels: String) throws {
    let model = try model([Conv2d(test.convolution)], input: test.input)
    let options = CompilerOptions(batchSize: 5)
    #expect(BatchConvolutionStep.suits(test.convolution, output: model.output, options: options))
    try expectNaive(model, seed: 4, threads: 6, kernels: kernels)
  }

  /// A short last batch has the bytes of a plan for its size.
  @Test(
    arguments: [
      [Conv2d(66, 70, kernelSize: 3, padding: 1), Flatten()],
      [Conv2d(66, 70, kernelSize: 3, stride: 2, padding: 1), Flatten()],
      [Flatten(), Linear(66 * 64, 40)],
    ] as [[any Layer]])
  func shortBatch(_ layers: [any Layer]) throws {
    let model = try model(layers, input: Shape(66, 8, 8))
    let images = normals(3 * model.input.elements, seed: 5, 1)
    let labels: [Int32] = [0, 2, 1]
    let gradients = try [3, 37].map { batchSize in
      let plan = try Plan(model, batchSize: batchSize, loss: .crossEntropy(), threads: 2, seed: 1)
      _ = try plan.trainStep(images: images, labels: labels, count: 3, step: 0)
      return Array(plan.gradients)
    }
    #expect(gradients[0] == gradients[1])
    #expect(gradients[0].contains { $0 != 0 })
  }
}
