import CKernels
import Testing

@testable import NaiveTraining
@testable import Neural

/// The Winograd kernels over a whole batch against the naive convolution, and the step that uses them: layers with
/// many weights and small images, which would otherwise be slow.
@Suite struct WinogradBatchTests {
  typealias Case = WinogradTests.Case
  typealias Results = WinogradTests.Results

  /// Runs all kernels, with buffers prefilled with NaN; panels and blocks in two calls, with a gap between images.
  private func run(_ test: Case, _ o: WinogradTests.Operands, _ name: String) throws -> Results {
    let k = try #require(quire_kernels_named(name)).pointee
    let tests = WinogradTests()
    var p = test.problem
    let (inputs, outputs) = (test.height * test.width * test.inputs, test.height * test.width * test.outputs)
    var v = tests.buffer(quire_winograd_batch_input_size(&p))
    var q = tests.buffer(quire_winograd_batch_output_size(&p))
    var line = tests.buffer(quire_winograd_batch_line(&p))
    var scratch = tests.buffer(quire_winograd_batch_scratch(&p))
    let panels = (inputs: (test.inputs + 15) / 16, outputs: (test.outputs + 15) / 16)
    var bias = [Float](repeating: 0, count: test.outputs)
    for image in 0..<test.images {
      k.winograd_batch_input(&p, Array(o.x[(image * inputs)...]), Int64(image), &line, &v)
      var sums = tests.buffer(Int64(panels.outputs * 16))
      k.winograd_batch_output_gradient(&p, Array(o.dy[(image * outputs)...]), Int64(image), &line, &q, &sums)
      for c in bias.indices { bias[c] += sums[c] }
    }
    func halves(_ count: Int) -> [(Int64, Int64)] {
      [(Int64(count / 2), Int64(count - count / 2)), (0, Int64(count / 2))]
    }
    let gap = 5
    var y = tests.buffer(Int64(test.images * (outputs + gap)))
    var dx = tests.buffer(Int64(test.images * (inputs + gap)))
    let packedBias = o.bias + [Float](repeating: 0, count: panels.outputs * 16 - test.outputs)
    for (first, count) in halves(panels.outputs) where count > 0 {
      k.winograd_batch_forward(
        &p, v, o.weights, packedBias, first, count, &scratch, &y, Int64(outputs + gap))
    }
    for (first, count) in halves(panels.inputs) where count > 0 {
      k.winograd_batch_input_gradient(&p, q, o.weights, first, count, &scratch, &dx, Int64(inputs + gap))
    }
    var weights = tests.buffer(Int64(o.weights.count))
    for (first, count) in halves(Int(quire_winograd_batch_blocks(&p))) where count > 0 {
      k.winograd_batch_weight_gradients(&p, v, q, first, count, &scratch, &weights)
    }
    func images(_ values: [Float], _ size: Int) -> [Float] {
      (0..<test.images).flatMap { values[$0 * (size + gap)..<$0 * (size + gap) + size] }
    }
    return Results(y: images(y, outputs), dx: images(dx, inputs), weights: weights, bias: bias)
  }

  @Test(arguments: WinogradTests.cases, WinogradTests.instructionSets)
  func reference(_ test: Case, _ name: String) throws {
    let tests = WinogradTests()
    let operands = WinogradTests.Operands(test)
    var expected = tests.naive(test, operands)
    // The naive gradients are added to ones.
    for i in expected.weights.indices { expected.weights[i] -= 1 }
    for i in expected.bias.indices { expected.bias[i] -= 1 }
    let found = try run(test, operands, name)
    let terms = Double(test.images * test.height * test.width).squareRoot()
    let sizes = (
      y: Double(test.taps * test.inputs).squareRoot(), dx: Double(test.taps * test.outputs).squareRoot()
    )
    let tolerances = tests.tolerances(test)
    #expect(tests.error(found.y, expected.y, size: sizes.y) <= tolerances.output, "output")
    #expect(tests.error(found.dx, expected.dx, size: sizes.dx) <= tolerances.input, "input's gradient")
    #expect(
      tests.error(found.weights, expected.weights, size: terms) <= tolerances.weights, "weights' gradient")
    #expect(tests.error(found.bias, expected.bias, size: terms) <= 1e-6, "bias's gradient")
    let imageByImage = try tests.run(test, operands, name, imagesACall: 1)
    #expect(found.y == imageByImage.y, "an image's output has the same bits as alone")
  }

  /// The layer in a network: short batches, any number of threads and bfloat16 images.
  @Test(arguments: [(8, 8, 1), (5, 7, 1), (9, 6, 2)], [3, 5])
  func step(size: (height: Int, width: Int, dilation: Int), kernelSize: Int) throws {
    let (height, width, dilation) = size
    let c = Convolution(
      inChannels: 96, outChannels: 98, kernelSize: kernelSize, padding: dilation * (kernelSize / 2),
      dilation: dilation)
    let layers: [any Layer] = [Conv2d(3, 96, kernelSize: 3, padding: 1), Conv2d(c)]
    let input = Shape(3, height, width)
    let middle = Shape(96, height, width)
    #expect(WinogradStep.suits(c, input: middle) && WinogradBatchStep.suits(c, input: middle))
    let model = try model(layers, input: input)
    let images = normals(5 * input.elements, seed: 3, 1)
    let dy = normals(5 * 98 * height * width, seed: 3, 2)
    let one = try Probe(model, input: images, gradient: dy)
    let many = try Probe(model, input: images, gradient: dy, threads: 5)
    #expect(one.output == many.output && one.inputGradient == many.inputGradient)
    for (name, gradient) in one.gradients {
      #expect(many.gradients[name]?.values == gradient.values, "\(name), 5 threads")
    }
    let naive = try NaiveNetwork(
      model.graph, state: model.state, images: channelsLast(images, input),
      gradient: channelsLast(dy, model.output), masks: [:])
    for (name, gradient) in one.gradients {
      let deviation = Deviation(gradient.values, try #require(naive.gradients[name]).map { Float($0) })
      #expect(deviation.norm <= 1e-5, "\(name): \(deviation)")
    }
  }
}
