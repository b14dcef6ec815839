/// The position of a trainable parameter in the flat buffers of a plan.
public struct ParameterSlice: Sendable, Hashable {
  /// PyTorch's name, for example `block1.0.depthwise.weight`.
  public var name: String
  /// The position of its first number.
  public var offset: Int
  /// The number of numbers.
  public var count: Int
  /// Biases and BatchNorm's weights, which some recipes exempt from weight decay.
  public var isBiasOrNorm: Bool
  /// Whether training leaves the parameter as it is.
  public var isFrozen: Bool
}

/// The order of a model's numbers in the engine: which arena, where, and in which layout.
struct ParameterStore {
  struct Entry {
    var name: String
    var specification: ParameterSpecification
    /// Into the arena of trained numbers, or into that of the running statistics.
    var offset: Int
    var isBiasOrNorm: Bool
    var isFrozen: Bool
  }

  private(set) var entries: [Entry] = []
  private(set) var trainedCount = 0
  private(set) var statisticsCount = 0
  private var offsets: [String: Int] = [:]
  /// The paths of modules with parameters that training changes.
  private var trainedPaths: Set<String> = []

  /// - Parameter frozen: the parameters that a training does not change, by name.
  init(_ graph: ModelGraph, frozen: Set<String> = []) {
    for module in graph.modules {
      for parameter in module.parameters {
        let name = Self.name(parameter.name, of: module.path)
        let offset = parameter.isTrained ? trainedCount : statisticsCount
        if parameter.isTrained { trainedCount += parameter.count } else { statisticsCount += parameter.count }
        offsets[name] = offset
        let isFrozen = frozen.contains(name)
        if parameter.isTrained, !isFrozen { trainedPaths.insert(module.path) }
        entries.append(
          Entry(
            name: name, specification: parameter, offset: offset, isBiasOrNorm: parameter.shape.count < 2,
            isFrozen: isFrozen))
      }
    }
  }

  static func name(_ parameter: String, of path: String) -> String {
    path.isEmpty ? parameter : "\(path).\(parameter)"
  }

  /// Where a node's parameter begins in its arena; `nil` where it has none of that name.
  func offset(of parameter: String, in path: String) -> Int? { offsets[Self.name(parameter, of: path)] }

  /// Whether training changes a parameter of the module at this path.
  func trainsParameters(of path: String) -> Bool { trainedPaths.contains(path) }

  var slices: [ParameterSlice] {
    entries.filter(\.specification.isTrained).map {
      ParameterSlice(
        name: $0.name, offset: $0.offset, count: $0.specification.count, isBiasOrNorm: $0.isBiasOrNorm,
        isFrozen: $0.isFrozen)
    }
  }
}

extension ParameterStore.Entry {
  /// Copies from PyTorch's order.
  func load(_ values: [Float], into arena: UnsafeMutablePointer<Float>) {
    let target = arena + offset
    specification.layout.forEachPosition(count: specification.count) { target[$1] = values[$0] }
  }

  /// Copies to PyTorch's order.
  func tensor(from arena: UnsafePointer<Float>) -> Tensor {
    let source = arena + offset
    let values = [Float](unsafeUninitializedCapacity: specification.count) { values, count in
      count = specification.count
      specification.layout.forEachPosition(count: count) { values.initializeElement(at: $0, to: source[$1]) }
    }
    return Tensor(shape: specification.shape, values: values)
  }
}
