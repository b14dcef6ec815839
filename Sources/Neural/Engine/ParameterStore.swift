/// Where a trained parameter lies in the flat arenas of a plan.
public struct ParameterSlice: Sendable, Hashable {
  /// PyTorch's name, for example `block1.0.depthwise.weight`.
  public var name: String
  public var offset: Int
  public var count: Int
  /// Biases and BatchNorm's weights, which some recipes exempt from weight decay.
  public var isBiasOrNorm: Bool
}

/// The order of a model's numbers in the engine: which arena, where, and in which layout.
struct ParameterStore {
  /// How PyTorch's [out][in][k·k] is turned for the kernels.
  enum Layout {
    case plain
    /// [group][k·k][in][out]; a linear layer has one group and one tap.
    case convolution(outputs: Int, inputs: Int, taps: Int, groups: Int)
    /// [k·k][channel]
    case depthwise(channels: Int, taps: Int)
  }

  struct Entry {
    var name: String
    var specification: ParameterSpecification
    var layout: Layout
    /// Into the arena of trained numbers, or into that of the running statistics.
    var offset: Int
    var isBiasOrNorm: Bool
  }

  private(set) var entries: [Entry] = []
  private(set) var trainedCount = 0
  private(set) var statisticsCount = 0
  private var offsets: [String: Int] = [:]

  init(_ graph: ModelGraph) {
    for module in graph.modules {
      guard let operation = module.operation else { continue }
      for parameter in module.parameters {
        let name = Self.name(parameter.name, of: module.path)
        let offset = parameter.isTrained ? trainedCount : statisticsCount
        if parameter.isTrained { trainedCount += parameter.count } else { statisticsCount += parameter.count }
        offsets[name] = offset
        entries.append(
          Entry(
            name: name, specification: parameter, layout: Self.layout(operation, parameter), offset: offset,
            isBiasOrNorm: parameter.shape.count < 2))
      }
    }
  }

  static func name(_ parameter: String, of path: String) -> String {
    path.isEmpty ? parameter : "\(path).\(parameter)"
  }

  private static func layout(_ operation: Operation, _ parameter: ParameterSpecification) -> Layout {
    guard parameter.shape.count > 1 else { return .plain }
    switch operation {
    case .conv2d(let c):
      let taps = c.kernelSize * c.kernelSize
      return c.isDepthwise
        ? .depthwise(channels: c.outChannels, taps: taps)
        : .convolution(
          outputs: c.outChannels / c.groups, inputs: c.inChannels / c.groups, taps: taps, groups: c.groups)
    case .linear(let inputs, let outputs, _):
      return .convolution(outputs: outputs, inputs: inputs, taps: 1, groups: 1)
    default: return .plain
    }
  }

  /// Where a node's parameter begins in its arena; `nil` where it has none of that name.
  func offset(of parameter: String, in path: String) -> Int? { offsets[Self.name(parameter, of: path)] }

  var slices: [ParameterSlice] {
    entries.filter(\.specification.isTrained).map {
      ParameterSlice(
        name: $0.name, offset: $0.offset, count: $0.specification.count, isBiasOrNorm: $0.isBiasOrNorm)
    }
  }

  /// The first thing that is wrong with a state for these entries.
  func fault(in state: [String: Tensor], trainedOnly: Bool) -> PlanError.Fact? {
    var known: Set<String> = []
    for entry in entries where entry.specification.isTrained || !trainedOnly {
      known.insert(entry.name)
      guard let tensor = state[entry.name] else { return .missing(parameter: entry.name) }
      guard tensor.shape == entry.specification.shape else {
        return .shape(parameter: entry.name, expected: entry.specification.shape, found: tensor.shape)
      }
    }
    return state.keys.sorted().first { !known.contains($0) && !$0.hasSuffix("num_batches_tracked") }
      .map { .unexpected(parameter: $0) }
  }
}

extension ParameterStore.Entry {
  /// Copies from PyTorch's order.
  func load(_ values: [Float], into arena: UnsafeMutablePointer<Float>) {
    let target = arena + offset
    for (index, value) in values.enumerated() { target[position(index)] = value }
  }

  /// Copies to PyTorch's order.
  func tensor(from arena: UnsafePointer<Float>) -> Tensor {
    let source = arena + offset
    return Tensor(
      shape: specification.shape, values: (0..<specification.count).map { source[position($0)] })
  }

  /// The place in the engine's layout of an index into PyTorch's.
  private func position(_ index: Int) -> Int {
    switch layout {
    case .plain: return index
    case .convolution(let outputs, let inputs, let taps, _):
      let (tap, input, output) = (index % taps, index / taps % inputs, index / (taps * inputs))
      let (group, column) = (output / outputs, output % outputs)
      return ((group * taps + tap) * inputs + input) * outputs + column
    case .depthwise(let channels, let taps): return index % taps * channels + index / taps
    }
  }
}

extension Convolution {
  /// One filter a channel.
  var isDepthwise: Bool { groups > 1 && groups == inChannels && groups == outChannels }
}
