/// The names and shapes in a file of weights, read without the weights.
///
///     try CheckpointOutline(path: "best.safetensors").check(fits: model)
public struct CheckpointOutline: Sendable {
  private let shapes: [String: [Int]]
  /// The names of I64 tensors that are not counters.
  private let others: [String]
  private let file: String

  init(shapes: [String: [Int]], others: [String], file: String) {
    self.shapes = shapes
    self.others = others
    self.file = file
  }

  /// Reads a file's header.
  ///
  /// - Throws: `FileError`, ``CheckpointError``, as reading the whole file would, as far as the header reveals
  ///   errors.
  public init(path: String) throws {
    var shapes: [String: [Int]] = [:]
    var others: [String] = []
    for entry in try SafetensorsHeader(path: path).entries {
      if entry.type != .int64 {
        shapes[entry.name] = entry.shape
      } else if Checkpoint.prefix(of: entry.name, before: Checkpoint.counter) == nil
        || entry.begin == entry.end
      {
        others.append(entry.name)
      }
    }
    self.init(shapes: shapes, others: others, file: path)
  }

  /// The outline of a checkpoint that this model will write.
  public init(of model: Model, file: String) {
    let shapes = model.graph.parameters.map { ($0.name, $0.specification.shape) }
    self.init(shapes: Dictionary(shapes) { $1 }, others: [], file: file)
  }

  /// Checks that the file fits a model.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - strict: whether the file must contain exactly the model's tensors; otherwise one is enough.
  ///   - replacements: parts of the file's names with the parts that take their place, as for
  ///     ``Checkpoint/restore(into:strict:names:)``.
  /// - Returns: which tensors fit the model, and which do not.
  /// - Throws: ``CheckpointError``: `.otherModel` with all names that are missing, unexpected or of another shape, or
  ///   `.nothingFits`.
  @discardableResult
  public func check(
    fits model: Model, strict: Bool = true, names replacements: [String: String] = [:]
  ) throws -> LoadedWeights {
    let expected = model.graph.parameters
    let names = Set(expected.map(\.name))
    let named: WeightNames
    do throws(CheckpointError.Fact) {
      named = try WeightNames(shapes.keys, model: names, replacements)
    } catch {
      throw CheckpointError(fact: error, file: file, offset: nil)
    }
    let shapes = Dictionary(shapes.map { (named($0.key), $0.value) }) { first, _ in first }
    var loaded: [LoadedWeights.Tensor] = []
    var mismatch = CheckpointError.Mismatch(model: model.name, missing: [], unexpected: [], misshapen: [])
    for (name, specification) in expected {
      guard let shape = shapes[name] else {
        mismatch.missing.append(name)
        continue
      }
      if shape != specification.shape {
        mismatch.misshapen.append(.init(name: name, expected: specification.shape, found: shape))
      } else {
        loaded.append(.init(name: name, shape: shape))
      }
    }
    mismatch.unexpected = (shapes.keys.filter { !names.contains($0) } + others).sorted()
    mismatch.fitting = loaded.count
    if loaded.isEmpty { mismatch.prefix = Self.prefix(of: shapes, model: expected) }
    let result = LoadedWeights(
      loaded: loaded, rest: mismatch,
      shapes: shapes.merging(expected.map { ($0.name, $0.specification.shape) }) { $1 },
      wrappers: named.removed)
    if strict, !result.isComplete {
      throw CheckpointError(fact: .otherModel(mismatch), file: file, offset: nil)
    }
    if loaded.isEmpty, !expected.isEmpty {
      throw CheckpointError(fact: .nothingFits(mismatch), file: file, offset: nil)
    }
    return result
  }

  /// The beginning of names in the file, up to a dot, without which all tensors of the model are there.
  private static func prefix(
    of shapes: [String: [Int]], model: [(name: String, specification: ParameterSpecification)]
  ) -> String? {
    guard let first = model.first?.name else { return nil }
    let prefixes = shapes.keys.filter { $0.hasSuffix("." + first) }.map { String($0.dropLast(first.count)) }
    return prefixes.sorted().first { prefix in
      model.allSatisfy { shapes[prefix + $0.name] == $0.specification.shape }
    }
  }
}
