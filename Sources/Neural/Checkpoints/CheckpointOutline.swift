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
  /// - Throws: ``CheckpointError``, `.otherModel`, with all names that are missing, unexpected or of another shape.
  public func check(fits model: Model) throws {
    let expected = model.graph.parameters
    var mismatch = CheckpointError.Mismatch(model: model.name, missing: [], unexpected: [], misshapen: [])
    for (name, specification) in expected {
      guard let shape = shapes[name] else {
        mismatch.missing.append(name)
        continue
      }
      if shape != specification.shape {
        mismatch.misshapen.append(.init(name: name, expected: specification.shape, found: shape))
      }
    }
    let names = Set(expected.map(\.name))
    mismatch.unexpected = (shapes.keys.filter { !names.contains($0) } + others).sorted()
    guard mismatch.missing.isEmpty, mismatch.unexpected.isEmpty, mismatch.misshapen.isEmpty else {
      throw CheckpointError(fact: .otherModel(mismatch), file: file, offset: nil)
    }
  }
}
