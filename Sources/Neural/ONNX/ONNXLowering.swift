/// An operation while it is written as operators of ONNX: its sizes, the values that it reads, and its parameters.
///
///     node.apply("Gemm", [node.parameter("weight"), node.parameter("bias")], ["transB": .integer(1)])
public struct ONNXLowering {
  let input: Shape
  let output: Shape
  /// The names of the values that the operation reads.
  let inputs: [String]
  /// The name of the value computed so far: first the operation's input, in the end its output.
  private(set) var value: String
  private(set) var graph: ONNXGraph
  private let path: String

  /// - Parameter path: the prefix of the operation's parameters.
  init(_ graph: ONNXGraph, inputs: [String], path: String, from input: Shape, to output: Shape) {
    self.graph = graph
    self.inputs = inputs
    self.path = path
    self.input = input
    self.output = output
    value = inputs.first ?? ONNXGraph.input
  }

  /// Applies an operator to the value so far and to more values; the result is the new value.
  mutating func apply(
    _ type: String, _ others: [String] = [], _ attributes: [String: ONNXNode.Attribute] = [:]
  ) {
    let name = unused("\(path)/\(type)") { name in graph.nodes.contains { $0.name == name } }
    graph.nodes.append(
      ONNXNode(
        type: type, name: name, inputs: [value] + others, output: name, attributes: attributes))
    value = name
  }

  /// The name of one of the operation's parameters or running statistics.
  ///
  /// - Parameter shape: the shape in which the operator reads it, with the same elements.
  mutating func parameter(_ name: String, _ shape: [Int]) -> String {
    constant(ONNXConstant(name: "\(path).\(name)", shape: shape, content: .parameter))
  }

  /// The name of a single number.
  mutating func number(_ number: Double) -> String { numbers([Float(number)], shape: []) }

  /// The name of a tensor of numbers.
  mutating func numbers(_ numbers: [Float], shape: [Int]) -> String {
    constant(ONNXConstant(name: unusedConstant, shape: shape, content: .numbers(numbers)))
  }

  /// The name of a list of integers.
  mutating func integers(_ integers: [Int]) -> String {
    constant(ONNXConstant(name: unusedConstant, shape: [integers.count], content: .integers(integers)))
  }

  private mutating func constant(_ constant: ONNXConstant) -> String {
    graph.constants.append(constant)
    return constant.name
  }

  private var unusedConstant: String {
    unused("\(path)/Constant") { name in graph.constants.contains { $0.name == name } }
  }

  private func unused(_ name: String, _ isUsed: (String) -> Bool) -> String {
    if !isUsed(name) { return name }
    var number = 1
    while isUsed("\(name)_\(number)") { number += 1 }
    return "\(name)_\(number)"
  }
}

extension ONNXLowering {
  /// The attributes of a square window over an image.
  func window(kernelSize: Int, stride: Int, padding: Int) -> [String: ONNXNode.Attribute] {
    [
      "kernel_shape": .integers([kernelSize, kernelSize]), "strides": .integers([stride, stride]),
      "pads": .integers([padding, padding, padding, padding]),
    ]
  }

  /// The shape in which a number per channel is combined with the operation's input, whose first dimension is the
  /// sample.
  var perChannel: [Int] { input.isImage ? [input.channels, 1, 1] : [input.channels] }

  /// A batch normalisation with the running statistics.
  mutating func batchNormalisation(channels: Int, eps: Double) {
    let parameters = ["weight", "bias", "running_mean", "running_var"].map { parameter($0, [channels]) }
    apply("BatchNormalization", parameters, ["epsilon": .number(eps)])
  }
}
