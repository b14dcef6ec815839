import NaiveTraining
import Testing

@testable import Neural

/// A small network of one layer, or of a few that belong together, with weights by formula.
struct ONNXCase: CustomTestStringConvertible {
  let name: String
  let input: Shape
  let layers: [any Layer]

  init(_ name: String, _ input: Shape, _ layers: [any Layer]) {
    self.name = name
    self.input = input
    self.layers = layers
  }

  var testDescription: String { name }

  /// One network for each operation of the library, and for each way in which it is written.
  static let all: [ONNXCase] = [
    ONNXCase("Conv2d", Shape(3, 9, 7), [Conv2d(3, 5, kernelSize: 3, stride: 2, padding: 1)]),
    ONNXCase(
      "Conv2d-dilated", Shape(3, 9, 7), [Conv2d(3, 5, kernelSize: 3, padding: 2, dilation: 2, bias: false)]),
    ONNXCase("Conv2d-grouped", Shape(4, 6, 6), [Conv2d(4, 8, kernelSize: 3, groups: 2)]),
    ONNXCase("BatchNorm2d", Shape(3, 4, 5), [BatchNorm2d(3, eps: 0.1)]),
    ONNXCase(
      "BatchNorm2d-folded", Shape(3, 6, 6),
      [Conv2d(3, 5, kernelSize: 3, bias: false), BatchNorm2d(5), ReLU()]),
    ONNXCase("BatchNorm1d", Shape(features: 6), [BatchNorm1d(6)]),
    ONNXCase("BatchNorm1d-folded", Shape(features: 6), [Linear(6, 4), BatchNorm1d(4)]),
    ONNXCase("GroupNorm", Shape(6, 4, 5), [GroupNorm(3, 6, eps: 0.01)]),
    ONNXCase("GroupNorm-features", Shape(features: 12), [GroupNorm(3, 12)]),
    ONNXCase("ReLU", Shape(3, 4, 5), [ReLU()]),
    ONNXCase("ReLU6", Shape(3, 4, 5), [ReLU6()]),
    ONNXCase("LeakyReLU", Shape(3, 4, 5), [LeakyReLU(negativeSlope: 0.2)]),
    ONNXCase("PReLU", Shape(3, 4, 5), [PReLU()]),
    ONNXCase("PReLU-channels", Shape(3, 4, 5), [PReLU(3)]),
    ONNXCase("PReLU-features", Shape(features: 6), [PReLU(6)]),
    ONNXCase("GELU", Shape(3, 4, 5), [GELU()]),
    ONNXCase("SiLU", Shape(3, 4, 5), [SiLU()]),
    ONNXCase("Hardswish", Shape(3, 4, 5), [Hardswish()]),
    ONNXCase("Sigmoid", Shape(3, 4, 5), [Sigmoid()]),
    ONNXCase("Tanh", Shape(3, 4, 5), [Tanh()]),
    ONNXCase("Softmax", Shape(features: 6), [Softmax()]),
    ONNXCase("LogSoftmax", Shape(features: 6), [LogSoftmax()]),
    ONNXCase("Dropout", Shape(3, 4, 5), [Dropout(0.5)]),
    ONNXCase("Dropout2d", Shape(3, 4, 5), [Conv2d(3, 2, kernelSize: 1), Dropout2d(0.5)]),
    ONNXCase("MaxPool2d", Shape(3, 9, 7), [MaxPool2d(3, stride: 2, padding: 1)]),
    ONNXCase("AvgPool2d", Shape(3, 9, 7), [AvgPool2d(3, stride: 2, padding: 1)]),
    ONNXCase("AdaptiveAvgPool2d", Shape(3, 4, 5), [AdaptiveAvgPool2d(1)]),
    ONNXCase("AdaptiveAvgPool2d-cells", Shape(3, 6, 9), [AdaptiveAvgPool2d(3)]),
    ONNXCase("Flatten", Shape(3, 4, 5), [Flatten()]),
    ONNXCase("Linear", Shape(features: 6), [Linear(6, 4)]),
    ONNXCase("Linear-without-bias", Shape(features: 6), [Linear(6, 4, bias: false)]),
    ONNXCase(
      "Residual", Shape(3, 8, 8),
      [
        Residual(
          shortcut: { Conv2d(3, 4, kernelSize: 1, stride: 2) },
          {
            Conv2d(3, 4, kernelSize: 3, stride: 2, padding: 1)
            BatchNorm2d(4)
          }), Residual { ReLU() },
      ]),
  ]

  /// The network with its weights.
  func model() throws -> Model {
    let model = try Model(name, input: input, elements: layers.map { LayerElement($0) })
    model.setFormulaWeights()
    return model
  }
}

extension Model {
  /// Sets all weights by formula, and running statistics to numbers that change the result.
  func setFormulaWeights() {
    var state: [String: Tensor] = [:]
    for (position, parameter) in graph.parameters.enumerated() {
      let specification = parameter.specification
      let isScale = specification.shape.count == 1 && specification.name == "weight"
      var values = FormulaTensors.initial(
        position, shape: specification.shape, isScale: isScale || specification.name == "running_var")
      if specification.name == "running_mean" { values = values.map { 4 * $0 } }
      state[parameter.name] = Tensor(shape: specification.shape, values: values)
    }
    self.state = state
  }
}
