import Formats
import Neural

/// Something outside of the notebook that a step read. Its stamp tells later whether it is still the same.
public enum RunInput: Sendable, Codable, Hashable {
  /// A published data set, by its name.
  case dataset(String)
  case imageFolder(String, size: Int)
  /// A file of weights, as `loadWeights` was given it.
  case weights(String)
  /// A picture, as `predict` was given it.
  case image(String)

  /// - Returns: `nil` for the embedded data set, which is the program's own.
  init?(_ source: DataSource) {
    if let folder = source.imageFolder {
      self = .imageFolder(folder.path, size: folder.size)
    } else if source.publishedArchive != nil {
      self = .dataset(source.name)
    } else {
      return nil
    }
  }
}

extension RunSettings {
  /// Equal stamps, equal content: of data sets the files' names, sizes and times of change, of single files the SHA-256.
  public func stamp(of input: RunInput) -> String {
    switch input {
    case .dataset(let name):
      let source = [DataSource.cifar10, .cifar100].first { $0.name == name }
      return source.map(locator.stamp) ?? "unknown"
    case .imageFolder(let path, let size): return locator.stamp(of: .imageFolder(path, size: size))
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
  /// For people: what was read.
  public var description: String {
    switch self {
    case .dataset(let name): "the files of \(name)"
    case .imageFolder(let path, _), .weights(let path), .image(let path): path
    }
  }
}
