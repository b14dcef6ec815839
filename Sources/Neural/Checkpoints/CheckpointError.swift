/// An error in a file of weights.
public struct CheckpointError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Error, Sendable, Hashable {
    /// The file ends before its header does, or before its tensors do.
    case truncated(found: Int, expected: Int)
    /// The header's length exceeds the limit.
    case headerTooLong(found: UInt64, limit: Int)
    /// The header is not the JSON that the format requires.
    case header(reason: String)
    /// A tensor's element type is not supported.
    case type(tensor: String, found: String)
    /// A tensor's shape is negative or too large to count.
    case shape(tensor: String, found: [Int])
    /// A tensor's bytes lie outside the file, overlap, leave a gap or do not fit its shape.
    case offsets(tensor: String, begin: Int, end: Int, reason: String)
    /// Bytes follow the last tensor.
    case trailing(found: Int, expected: Int)
    /// The tensors do not match the model's.
    case otherModel(Mismatch)
    /// No tensor of the file fits the model.
    case nothingFits(Mismatch)
    /// The file has another format.
    case foreign(ForeignWeights)
    /// A part of names that is to be replaced is in none of the file's names.
    case unusedName(String, names: [String])
    /// Two tensors would get the same name.
    case sameName(String, of: [String])
  }

  /// The differences between the tensors of a checkpoint and those of a model.
  public struct Mismatch: Sendable, Hashable {
    /// A tensor with different shapes in file and model.
    public struct Misshapen: Sendable, Hashable {
      /// The tensor's name.
      public var name: String
      /// The shape in the model.
      public var expected: [Int]
      /// The shape in the file.
      public var found: [Int]
    }

    /// The model's name.
    public var model: String
    /// Tensors of the model that are missing in the file, in the model's order.
    public var missing: [String]
    /// Tensors of the file that the model does not have, sorted.
    public var unexpected: [String]
    /// Tensors whose shapes differ.
    public var misshapen: [Misshapen]
    /// The number of tensors that fit the model.
    public var fitting = 0
    /// The beginning of names in the file, such as `model.`, without which all tensors of the model are there.
    public var prefix: String?
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The file's path, or a name for bytes from another source.
  public var file: String
  /// The offset of the error in the file, in bytes.
  public var offset: Int?

  public var description: String {
    let place = offset.map { "\(file), byte \($0)" } ?? file
    switch fact {
    case .truncated(let found, let expected):
      return "\(place): truncated file: \(found) bytes, expected \(expected)"
    case .headerTooLong(let found, let limit):
      return
        "\(place): not a safetensors file: the header has \(found) bytes; the maximum is \(limit)"
    case .header(let reason):
      return "\(place): not a safetensors file: \(reason)"
    case .type(let tensor, let found):
      return "\(place): tensor '\(tensor)' has type \(found); supported types are F32, F16, BF16, F64 and I64"
    case .shape(let tensor, let found):
      return "\(place): tensor '\(tensor)' has the invalid shape \(found)"
    case .offsets(let tensor, let begin, let end, let reason):
      return "\(place): tensor '\(tensor)' at bytes \(begin)..<\(end): \(reason)"
    case .trailing(let found, let expected):
      return "\(place): \(found - expected) unexpected bytes after the last tensor"
    case .otherModel(let mismatch):
      return "\(place): these weights do not fit model '\(mismatch.model)': \(mismatch.details); "
        + mismatch.remedy(file)
    case .nothingFits(let mismatch):
      return "\(place): none of these weights fits model '\(mismatch.model)': \(mismatch.details)"
        + (mismatch.prefix == nil ? "" : "; " + mismatch.remedy(file))
    case .foreign(let format):
      return "\(place) is \(format.name); loadWeights reads safetensors files; \(format.advice(file))"
    case .unusedName(let part, let names):
      let shown =
        names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
      return "\(place): no tensor's name contains '\(part)', which names: replaces; the tensors are \(shown)"
    case .sameName(let name, let tensors):
      return "\(place): with names:, both \(tensors.joined(separator: " and ")) are called \(name)"
    }
  }
}

extension CheckpointError {
  /// Whether the replacements of names are at fault, not the file.
  package var isAboutNames: Bool {
    switch fact {
    case .unusedName, .sameName: true
    default: false
    }
  }
}

extension CheckpointError.Mismatch {
  /// A way to load the file.
  fileprivate func remedy(_ file: String) -> String {
    if let prefix {
      return "the names fit without '\(prefix)' at their start; "
        + ForeignWeights.renaming(file, removing: prefix)
    }
    let same = "load them into the model they were saved from"
    let renaming = missing.isEmpty || unexpected.isEmpty ? "" : ", or give names: if only the names differ"
    return same + (fitting == 0 ? "" : ", or use strict: false to load those that fit") + renaming
  }

  /// The first few names of each kind.
  fileprivate var details: String {
    var parts: [String] = []
    if !misshapen.isEmpty {
      let shapes = misshapen.prefix(3).map { "\($0.name) expected \($0.expected), found \($0.found)" }
      parts.append("shapes differ: \(list(shapes, of: misshapen.count, separator: "; "))")
    }
    if !missing.isEmpty { parts.append("missing: \(list(missing, of: missing.count))") }
    if !unexpected.isEmpty { parts.append("not in the model: \(list(unexpected, of: unexpected.count))") }
    return parts.joined(separator: "; ")
  }

  private func list(_ names: [String], of count: Int, separator: String = ", ") -> String {
    let shown = names.prefix(3).joined(separator: separator)
    return count > 3 ? "\(shown) and \(count - 3) more" : shown
  }
}
