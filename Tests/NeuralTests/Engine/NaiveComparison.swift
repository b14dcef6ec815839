import Testing

@testable import NaiveTraining
@testable import Neural

/// Compares a model of one convolution or linear layer with the naive network: its output, the gradients of its
/// parameters, and the same bytes with several threads.
///
/// The input's gradient is compared with the output: it is the slope along a random change of the input.
func expectNaive(_ model: Model, seed: UInt64, threads: Int, kernels: String) throws {
  let images = normals(5 * model.input.elements, seed: seed, 1)
  let dy = normals(5 * model.output.elements, seed: seed, 2)
  let one = try Probe(model, input: images, gradient: dy, kernels: kernels)
  let many = try Probe(model, input: images, gradient: dy, threads: threads, kernels: kernels)
  #expect(one.output == many.output && one.inputGradient == many.inputGradient)
  let naive = try NaiveNetwork(
    model.graph, state: model.state, images: channelsLast(images, model.input),
    gradient: channelsLast(dy, model.output), masks: [:])
  #expect(Deviation(channelsLast(one.output, model.output), naive.output).norm <= 2e-6)
  for (name, gradient) in one.gradients {
    #expect(many.gradients[name]?.values == gradient.values, "\(name), \(threads) threads")
    let deviation = Deviation(gradient.values, try #require(naive.gradients[name]).map { Float($0) })
    #expect(deviation.norm <= 2e-6, "\(name): \(deviation)")
  }
  // The product of the input gradient with a change equals that of the output gradient with the output's change.
  let change = normals(images.count, seed: seed, 3)
  let still = try Probe(
    model, input: [Float](repeating: 0, count: images.count), gradient: dy, kernels: kernels)
  let moved = try Probe(model, input: change, gradient: dy, kernels: kernels)
  func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  let expected = dot(dy, moved.output) - dot(dy, still.output)
  let size = (dot(dy, dy) * dot(moved.output, moved.output)).squareRoot()
  #expect(abs(dot(one.inputGradient, change) - expected) <= 1e-5 * size, "input's gradient")
}
