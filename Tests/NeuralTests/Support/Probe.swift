import CKernels
@_exported import NaiveTraining

@testable import Neural

/// Runs layers forward and backward on given numbers, to test single operations.
struct Probe {
  var output: [Float] = []
  var inputGradient: [Float] = []
  /// Gradients by PyTorch's names, and the state after the run.
  var gradients: [String: Tensor] = [:]
  var state: [String: Tensor] = [:]

  /// Runs the layers.
  ///
  /// - Parameters:
  ///   - input: [count][channels][height][width], as in PyTorch.
  ///   - gradient: the gradient of the output, in the same layout; `nil` runs an evaluation.
  ///   - state: values for some of the parameters; the others keep the model's.
  init(
    _ model: Model, input: [Float], gradient: [Float]?, state: [String: Tensor] = [:], frozen: Bool = false,
    threads: Int = 1, seed: UInt64 = 0, step: Int = 0, kernels: String? = nil,
    usesOpenBLAS: Bool = true, precision: Precision = .float32
  ) throws {
    let count = input.count / model.input.elements
    let request = EngineRequest(
      options: CompilerOptions(
        batchSize: count, trains: gradient != nil, precision: precision, freezesStatistics: frozen,
        wantsInputGradient: true),
      objective: .given, threads: threads, seed: seed, kernels: kernels, usesOpenBLAS: usesOpenBLAS)
    let engine = try Engine(model.graph, model: model.name, request: request)
    let values = model.state.merging(state) { $1 }
    for entry in engine.store.entries {
      let arena = entry.specification.isTrained ? engine.parameters : engine.statistics
      if let base = arena.baseAddress, let tensor = values[entry.name] {
        entry.load(tensor.values, into: base)
      }
    }
    let images = channelsLast(input, model.input)
    var result = [Float](repeating: 0, count: count * model.output.elements)
    var dx = [Float](repeating: 0, count: input.count)
    let dy = channelsLast(gradient ?? [], model.output)
    result.withUnsafeMutableBufferPointer { result in
      dx.withUnsafeMutableBufferPointer { dx in
        dy.withUnsafeBufferPointer { dy in
          engine.run.output = result.baseAddress
          engine.run.inputGradient = dx.baseAddress
          engine.run.outputGradient = dy.baseAddress
          if gradient == nil {
            engine.evaluate(images: images, count: count, imageElements: model.input.elements)
          } else {
            engine.train(images: images, count: count, imageElements: model.input.elements, step: step)
          }
        }
      }
    }
    output = channelsFirst(result, model.output)
    inputGradient = channelsFirst(dx, model.input)
    for entry in engine.store.entries {
      let trained = entry.specification.isTrained
      if let base = (trained ? engine.parameters : engine.statistics).baseAddress {
        self.state[entry.name] = entry.tensor(from: base)
      }
      if trained, gradient != nil, let base = engine.gradients.baseAddress {
        gradients[entry.name] = entry.tensor(from: base)
      }
    }
  }
}

/// [image][channel][y][x] to [image][y][x][channel].
func channelsLast(_ values: [Float], _ shape: Shape) -> [Float] {
  guard shape.isImage else { return values }
  return transposed(values, rows: shape.channels, columns: shape.height * shape.width)
}

/// The inverse of ``channelsLast(_:_:)``.
func channelsFirst(_ values: [Float], _ shape: Shape) -> [Float] {
  guard shape.isImage else { return values }
  return transposed(values, rows: shape.height * shape.width, columns: shape.channels)
}

private func transposed(_ values: [Float], rows: Int, columns: Int) -> [Float] {
  var result = values
  values.withUnsafeBufferPointer { from in
    result.withUnsafeMutableBufferPointer { to in
      guard let from = from.baseAddress, let to = to.baseAddress else { return }
      for start in stride(from: 0, to: values.count, by: rows * columns) {
        quire_transpose(from + start, Int64(rows), Int64(columns), to + start)
      }
    }
  }
  return result
}

/// A model of these layers only, named "0", "1", ….
func model(_ layers: [any Layer], input: Shape, seed: UInt64 = 0) throws -> Model {
  try Model("Test", input: input, seed: seed, elements: layers.map { LayerElement($0) })
}
