import Foundation

@testable import Neural

/// PyTorch's losses and gradients of six samples with three outputs each.
struct LossReference: Decodable {
  struct Run: Decodable {
    var value: Double
    var gradient: [Float]
  }
  var outputs: [Float]
  var targets: [Float]
  var labels: [Int32]
  var classWeights: [Double]
  /// By the name of a regression loss.
  var losses: [String: Run]
  /// By the name of a classification loss, with the class weights.
  var weighted: [String: Run]

  static func read() throws -> LossReference {
    try JSONDecoder().decode(LossReference.self, from: Fixtures.data("losses.json"))
  }

  /// A model that gives its three inputs back: the gradient of its bias is the sum of the outputs' gradients, and that
  /// of its weights the sum of their products with the inputs.
  static func plan(_ loss: Loss) throws -> Plan {
    let model = try model([Linear(3, 3)], input: Shape(features: 3))
    let plan = try Plan(model, batchSize: 6, loss: loss, threads: 2, seed: 0)
    try plan.load([
      "0.weight": Tensor(shape: [3, 3], values: [1, 0, 0, 0, 1, 0, 0, 0, 1]), "0.bias": Tensor(zeros: [3]),
    ])
    return plan
  }
}
