import Testing

@testable import Neural

/// Facts that operations state without computing: descriptions and costs.
@Suite struct OperationTests {
  /// A digest that changes throws away every saved result and every training's state.
  @Test(arguments: [
    (
      Conv2d(4, 6, kernelSize: 3, stride: 2, padding: 1, dilation: 5, groups: 2, bias: false)
        as any Neural.Operation,
      "conv2d 4 6 3 2 1 5 2 false"
    ),
    (BatchNorm1d(7), "batchNorm1d 7 1e-05 0.1"),
    (BatchNorm2d(7), "batchNorm2d 7 1e-05 0.1"),
    (GroupNorm(2, 6), "groupNorm 2 6 1e-05"),
    (ReLU(), "relu"),
    (LeakyReLU(), "leakyReLU 0.01"),
    (SiLU(), "silu"),
    (PReLU(3), "prelu 3 0.25"),
    (Hardswish(), "hardswish"),
    (ReLU6(), "relu6"),
    (Tanh(), "tanh"),
    (Sigmoid(), "sigmoid"),
    (GELU(), "gelu"),
    (Dropout(0.25), "dropout 0.25 false"),
    (Dropout2d(), "dropout 0.5 true"),
    (MaxPool2d(2), "maxPool2d 2 2 0"),
    (AvgPool2d(3, stride: 2, padding: 1), "avgPool2d 3 2 1"),
    (AdaptiveAvgPool2d(), "adaptiveAvgPool2d 1"),
    (Flatten(), "flatten"),
    (Linear(16, 10), "linear 16 10 true"),
    (LogSoftmax(), "logSoftmax"),
    (Softmax(), "softmax"),
    (Add(), "add"),
  ])
  func descriptionsStayAsTheyAre(operation: any Neural.Operation, description: String) {
    #expect(operation.contentDescription == description)
  }

  /// A user reads the cost in the report and before a run.
  @Test func multiplyAddsAreThoseOfTheMatrixProducts() throws {
    let model = try Model("M", input: Shape(4, 8, 8)) {
      Conv2d(4, 6, kernelSize: 3, padding: 1, groups: 2)
      BatchNorm2d(6)
      SiLU()
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(6, 5)
    }
    #expect(model.graph.multiplyAdds == 6 * 64 * 9 * 2 + 6 * 5)
  }
}
