/// What a file of weights holds, by names and shapes; no weight is read.
///
///     try CheckpointOutline(path: "best.safetensors").check(fits: model)
public struct CheckpointOutline: Sendable {
  private let shapes: [String: [Int]]
  /// I64 tensors that are no counters.
  private let others: [String]
  private let file: String

  init(shapes: [String: [Int]], others: [String], file: String) {
    self.shapes = shapes
    self.others = others
    self.file = file
  }

  /// Reads a file's header.
  ///
  /// - Throws: ``FileError``, ``CheckpointError`` as reading the whole would, as far as the header tells.
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

  /// What a checkpoint of the model will hold.
  public init(of model: Model, file: String) {
    let shapes = model.graph.parameters.map { ($0.name, $0.specification.shape) }
    self.init(shapes: Dictionary(shapes) { $1 }, others: [], file: file)
  }

  /// - Throws: ``CheckpointError``, `.otherModel` with every name that is missing, not expected or of another shape.
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
