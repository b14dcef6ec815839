/// A network as ONNX describes it: operators that compute named values from named values.
struct ONNXGraph: Sendable, Hashable {
  /// The operators, each after those whose values it reads.
  var nodes: [ONNXNode] = []
  /// The values that are known beforehand.
  var constants: [ONNXConstant] = []

  /// The name of the network's input.
  static let input = "input"
  /// The name of the network's output.
  static let output = "output"

  /// The name of the value that the last operator computes, or ``input``.
  var result = input

  /// The graph with this value as the network's output.
  ///
  /// A network that computes nothing, such as a dropout alone, still needs an operator.
  func ended() -> ONNXGraph {
    var ended = self
    if result == Self.input {
      ended.nodes.append(
        ONNXNode(type: "Identity", name: "identity", inputs: [Self.input], output: Self.output))
    }
    for index in ended.nodes.indices {
      if ended.nodes[index].output == result { ended.nodes[index].output = Self.output }
      ended.nodes[index].inputs = ended.nodes[index].inputs.map {
        $0 == result && $0 != Self.input ? Self.output : $0
      }
    }
    ended.result = Self.output
    return ended
  }
}

/// An operator of ONNX with the values that it reads and the one that it computes.
struct ONNXNode: Sendable, Hashable {
  enum Attribute: Sendable, Hashable {
    case integer(Int)
    case integers([Int])
    case number(Double)
  }

  /// The operator's type, for example `Conv`.
  var type: String
  var name: String
  var inputs: [String]
  var output: String
  var attributes: [String: Attribute] = [:]
}

/// A value of an ONNX graph that is known beforehand: a parameter of the network, or a number of a formula.
struct ONNXConstant: Sendable, Hashable {
  enum Content: Sendable, Hashable {
    /// The parameter or running statistic with the constant's name; its values are filled in when a file is written.
    case parameter
    case numbers([Float])
    case integers([Int])
  }

  var name: String
  /// The dimensions; empty for a single number.
  var shape: [Int]
  var content: Content
}
