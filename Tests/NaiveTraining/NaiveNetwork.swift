import CKernels
import Foundation

@testable import Neural

/// Gradients of a chain of layers computed with the naive kernels only, one operation at a time. Sums are in double
/// precision; values between operations are in single precision, as [image][pixel][channel].
///
/// The ReLU masks are given: near 0 they depend on rounding, which is not an error of either side.
struct NaiveNetwork {
  enum Fault: Error { case operation(any Neural.Operation) }

  private let graph: ModelGraph
  private let state: [String: Tensor]
  private let count: Int
  private let masks: [Int: [Bool]]
  /// The input of each node.
  private var inputs: [[Float]] = []
  private(set) var output: [Float] = []
  /// The gradients by PyTorch's names, in PyTorch's order.
  private(set) var gradients: [String: [Double]] = [:]

  /// Computes the gradients.
  ///
  /// - Parameters:
  ///   - images: the input, channels last.
  ///   - gradient: the gradient of the output.
  ///   - masks: the masks by ReLU node.
  init(
    _ graph: ModelGraph, state: [String: Tensor], images: [Float], gradient: [Float], masks: [Int: [Bool]]
  ) throws {
    (self.graph, self.state, self.masks) = (graph, state, masks)
    count = images.count / graph.input.elements
    output = images
    for index in graph.nodes.indices {
      inputs.append(output)
      output = try forward(index)
    }
    var gradient = gradient
    for index in graph.nodes.indices.reversed() { gradient = try backward(index, gradient) }
  }

  private func values(_ name: String, _ node: ModelGraph.Node) -> [Float]? {
    state["\(node.path).\(name)"]?.values
  }

  private func forward(_ index: Int) throws -> [Float] {
    let (node, x) = (graph.nodes[index], inputs[index])
    var y = [Float](repeating: 0, count: count * node.shape.elements)
    switch node.operation {
    case is Conv2d, is Linear:
      var problem = try convolution(index)
      let weight = values("weight", node) ?? []
      let bias = values("bias", node) ?? [Float](repeating: 0, count: node.shape.channels)
      y = each(x) { image in
        var y = [Float](repeating: 0, count: node.shape.elements)
        quire_reference_convolution(&problem, image, weight, bias, &y)
        return y
      }
    case let normalisation as BatchNorm2d:
      let (channels, eps) = (normalisation.numFeatures, normalisation.eps)
      var (mean, variance) = (
        [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels)
      )
      quire_reference_normalisation(
        x, values("weight", node) ?? [], values("bias", node) ?? [], eps, Int64(count), pixels(node.shape),
        Int64(channels), &y, &mean, &variance)
    case is ReLU: y = masked(x, index)
    case is AdaptiveAvgPool2d:
      var pooling = pooling(index)
      y = each(x) { image in
        var y = [Float](repeating: 0, count: node.shape.elements)
        quire_reference_pool(&pooling, QUIRE_ADAPTIVE, image, &y)
        return y
      }
    case is LogSoftmax: y = each(x) { image in logSoftmax(image).map { Float($0) } }
    case let dropout as Dropout where dropout.p == 0: y = x
    case let dropout as Dropout2d where dropout.p == 0: y = x
    case is Flatten where pixels(shape(before: index)) == 1: y = x
    default: throw Fault.operation(node.operation)
    }
    return y
  }

  private mutating func backward(_ index: Int, _ dy: [Float]) throws -> [Float] {
    let (node, x) = (graph.nodes[index], inputs[index])
    var dx = x
    switch node.operation {
    case is Conv2d, is Linear:
      var problem = try convolution(index)
      let weight = values("weight", node) ?? []
      var weights = [Double](repeating: 0, count: weight.count)
      var biases = [Double](repeating: 0, count: node.shape.channels)
      dx = each(x, dy) { image, dy in
        var dx = image
        quire_reference_convolution_backward(&problem, image, weight, dy, &dx, &weights, &biases)
        return dx
      }
      gradients["\(node.path).weight"] = weights
      gradients["\(node.path).bias"] = biases
    case let normalisation as BatchNorm2d:
      let (channels, eps) = (normalisation.numFeatures, normalisation.eps)
      var (weights, biases) = (
        [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels)
      )
      quire_reference_normalisation_backward(
        x, values("weight", node) ?? [], eps, dy, Int64(count), pixels(node.shape), Int64(channels), &dx,
        &weights, &biases)
      gradients["\(node.path).weight"] = weights
      gradients["\(node.path).bias"] = biases
    case is ReLU: dx = masked(dy, index)
    case is AdaptiveAvgPool2d:
      var pooling = pooling(index)
      dx = each(x, dy) { image, dy in
        var dx = image
        quire_reference_pool_backward(&pooling, QUIRE_ADAPTIVE, image, dy, &dx)
        return dx
      }
    case is LogSoftmax:
      dx = each(x, dy) { image, dy in
        let sum = dy.reduce(0) { $0 + Double($1) }
        return zip(logSoftmax(image), dy).map { Float(Double($1) - exp($0) * sum) }
      }
    default: dx = dy
    }
    return dx
  }

  // MARK: Geometry

  private func shape(before index: Int) -> Shape { index == 0 ? graph.input : graph.nodes[index - 1].shape }
  private func pixels(_ shape: Shape) -> Int64 { Int64(shape.height * shape.width) }

  private func convolution(_ index: Int) throws -> quire_convolution {
    let from = shape(before: index)
    var problem = quire_convolution(
      height: Int64(from.height), width: Int64(from.width), in_channels: Int64(from.channels),
      out_channels: Int64(graph.nodes[index].shape.channels), kernel: 1, stride: 1, padding: 0, dilation: 1,
      groups: 1)
    if let c = (graph.nodes[index].operation as? Conv2d)?.convolution {
      (problem.kernel, problem.stride) = (Int64(c.kernelSize), Int64(c.stride))
      (problem.padding, problem.dilation, problem.groups) = (
        Int64(c.padding), Int64(c.dilation), Int64(c.groups)
      )
    }
    return problem
  }

  private func pooling(_ index: Int) -> quire_pooling {
    let (from, to) = (shape(before: index), graph.nodes[index].shape)
    return quire_pooling(
      height: Int64(from.height), width: Int64(from.width), channels: Int64(from.channels),
      out_height: Int64(to.height), out_width: Int64(to.width), kernel: 1, stride: 1, padding: 0)
  }

  // MARK: Images

  private func masked(_ values: [Float], _ index: Int) -> [Float] {
    zip(values, masks[index] ?? []).map { $1 ? $0 : 0 }
  }

  private func logSoftmax(_ x: [Float]) -> [Double] {
    let largest = Double(x.max() ?? 0)
    let logarithm = log(x.reduce(0) { $0 + exp(Double($1) - largest) }) + largest
    return x.map { Double($0) - logarithm }
  }

  private func image(_ index: Int, of values: [Float]) -> [Float] {
    let size = values.count / count
    return Array(values[index * size..<(index + 1) * size])
  }

  private func each(_ values: [Float], _ body: ([Float]) -> [Float]) -> [Float] {
    (0..<count).flatMap { body(image($0, of: values)) }
  }

  private func each(_ first: [Float], _ second: [Float], _ body: ([Float], [Float]) -> [Float]) -> [Float] {
    (0..<count).flatMap { body(image($0, of: first), image($0, of: second)) }
  }
}
