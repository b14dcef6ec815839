extension ONNXGraph {
  /// The graph whose convolutions and linear layers compute the batch normalisations that follow them.
  ///
  /// A normalisation stays if its input is read by another operator too, or comes from a layer of another kind.
  ///
  /// - Precondition: the parameters are filled in.
  func foldingBatchNormalisations() -> ONNXGraph {
    var folded = self
    for normalisation in nodes where normalisation.type == "BatchNormalization" {
      let value = normalisation.inputs[0]
      let readers = nodes.reduce(0) { $0 + $1.inputs.count { $0 == value } }
      guard readers == 1, let place = folded.nodes.firstIndex(where: { $0.output == value }),
        ["Conv", "Gemm"].contains(folded.nodes[place].type)
      else { continue }
      folded.fold(normalisation, into: place)
    }
    return folded
  }

  /// w′ = w·γ/σ and b′ = β + (b − μ)·γ/σ for each output channel.
  private mutating func fold(_ normalisation: ONNXNode, into place: Int) {
    let layer = nodes[place]
    let (weight, statistics) = (layer.inputs[1], normalisation.inputs.dropFirst().map(numbers))
    guard case .number(let eps) = normalisation.attributes["epsilon"], statistics.count == 4 else { return }
    let channels = statistics[0].count
    var weights = numbers(weight)
    var biases = layer.inputs.count > 2 ? numbers(layer.inputs[2]) : Array(repeating: 0, count: channels)
    let perChannel = weights.count / max(1, channels)
    for channel in 0..<channels {
      let scale = Double(statistics[0][channel]) / (Double(statistics[3][channel]) + eps).squareRoot()
      for index in channel * perChannel..<(channel + 1) * perChannel {
        weights[index] = Float(Double(weights[index]) * scale)
      }
      let shifted = (Double(biases[channel]) - Double(statistics[2][channel])) * scale
      biases[channel] = Float(Double(statistics[1][channel]) + shifted)
    }
    let bias = layer.inputs.count > 2 ? layer.inputs[2] : "\(weight.dropLast("weight".count))bias"
    nodes[place].inputs = [layer.inputs[0], weight, bias]
    nodes[place].output = normalisation.output
    nodes.removeAll { $0.name == normalisation.name }
    let gone = [bias] + normalisation.inputs.dropFirst()
    constants.removeAll { gone.contains($0.name) }
    constants.append(ONNXConstant(name: bias, shape: [channels], content: .numbers(biases)))
    if let index = constants.firstIndex(where: { $0.name == weight }) {
      constants[index].content = .numbers(weights)
    }
  }

  private func numbers(_ name: String) -> [Float] {
    guard case .numbers(let numbers) = constants.first(where: { $0.name == name })?.content else { return [] }
    return numbers
  }
}
