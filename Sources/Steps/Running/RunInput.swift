import Neural
import Support

/// An input of a step from outside the notebook. Its stamp shows later whether it has changed.
public enum RunInput: Sendable, Codable, Hashable {
  /// A published data set, by name.
  case dataset(String)
  /// A folder of images, converted to these channels, and the transforms that they are prepared by.
  case imageFolder(String, [ImagePreparation], ColorMode)
  /// A CSV file, with the images that it names in a folder, and the separator between fields.
  case csv(String, images: String?, separator: String)
  /// A file of weights, by the path given to `loadWeights`.
  case weights(String)
  /// An image, by the path given to `predict`.
  case image(String)

  /// Creates the input for a data source; `nil` for the embedded data set, which is part of the program.
  init?(_ source: DataSource) {
    if let folder = source.imageFolder {
      self = .imageFolder(folder.path, folder.preparation, folder.colorMode)
    } else if let csv = source.csv {
      self = .csv(csv.path, images: csv.images, separator: csv.separator)
    } else if source.publication != nil {
      self = .dataset(source.name)
    } else {
      return nil
    }
  }
}

extension RunSettings {
  /// Identifies a version of an input; equal stamps mean equal content. For data sets: the files' names, sizes and
  /// modification times; for single files: the SHA-256.
  public func stamp(of input: RunInput) -> String {
    switch input {
    case .dataset(let name):
      let source = DataSource.published.first { $0.name == name }
      return source.map(locator.stamp) ?? "unknown"
    case .imageFolder(let path, let preparation, let mode):
      return locator.stamp(of: .imageFolder(path, prepare: preparation, colorMode: mode))
    case .csv(let path, let images, let separator):
      return locator.stamp(of: .csv(path, images: images, separator: separator))
    case .weights(let path): return weightFiles(path).map(Self.digest).joined(separator: " ")
    case .image(let path): return Self.digest(resolve(path))
    }
  }

  private static func digest(_ path: String) -> String {
    guard let bytes = try? FileBytes.read(path, limit: 1 << 32),
      let digest = try? Digest.hex(.sha256, of: bytes)
    else { return "none" }
    return digest
  }
}

extension RunInput: CustomStringConvertible {
  /// A readable description of the input.
  public var description: String {
    switch self {
    case .dataset(let name): "the files of \(name)"
    case .imageFolder(let path, _, _), .csv(let path, _, _), .weights(let path), .image(let path): path
    }
  }
}
