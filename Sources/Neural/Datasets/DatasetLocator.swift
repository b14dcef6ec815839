import Foundation
import Support

/// Finds data sets on disk: in the given directory, otherwise in `$QUIRE_DATA` and `./data`.
///
///     DatasetLocator(given: "/data").directories   // ["/data"]
public struct DatasetLocator: Sendable, Hashable {
  /// The directories to search, in order.
  public let directories: [String]
  /// Whether the user named the directory, so that a missing data set is an error.
  public let isGiven: Bool
  /// The folder that relative paths of `.imageFolder` refer to.
  public let base: String

  /// Creates a locator.
  ///
  /// - Parameters:
  ///   - given: the value of `--data DIR`; if it is given, no other directory is searched.
  ///   - environment: contains `QUIRE_DATA`.
  ///   - local: the folder to search last.
  ///   - base: the folder that relative paths of `.imageFolder` refer to.
  public init(
    given: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
    local: String = "data", base: String = "."
  ) {
    self.base = base
    isGiven = given != nil
    if let given {
      directories = [given]
    } else if let variable = environment["QUIRE_DATA"], !variable.isEmpty {
      directories = [variable, local]
    } else {
      directories = [local]
    }
  }

  /// The place of a CIFAR data set on disk.
  struct Location: Sendable, Hashable {
    var path: String
    var encoding: CIFAR.Encoding
    var isArchive: Bool
    /// Whether the folder's name says that its files are shortened.
    var isHead: Bool
  }

  /// Whether the data set can be found, without reading it.
  public func contains(_ source: DataSource) -> Bool {
    switch source.rule {
    case .cifar(let cifar): (try? locate(cifar)) != nil
    case .idx(let idx): (try? locate(idx)) != nil
    case .imageFolder(let path, _, _): (try? folder(path)) != nil
    case .csv(let request): (try? file(request.path)) != nil
    case .synthetic, .arrays: true
    }
  }

  /// Finds a CIFAR data set.
  ///
  /// - Throws: ``DatasetError``, `.notFound`, with every place searched.
  func locate(_ cifar: CIFAR) throws -> Location {
    for directory in directories {
      if let location = candidates(cifar, in: directory).first(where: { $0.exists }) {
        return location.location
      }
    }
    throw DatasetError(.notFound(places: directories), dataset: cifar.name)
  }

  /// Finds MNIST or a data set in its format: in its own folder, or in a directory that is this folder. The names of
  /// the files do not say which data set they are.
  ///
  /// - Throws: ``DatasetError``, `.notFound`, with every place searched.
  func locate(_ idx: IDX) throws -> IDX.Location {
    for directory in directories {
      for folder in idx.folders(in: directory) {
        let location = IDX.Location(folder: folder)
        if IDX.files.contains(where: { FileBytes.isFile(location.path(of: $0)) }) { return location }
      }
    }
    throw DatasetError(.notFound(places: directories), dataset: idx.name)
  }

  /// The folder of an `.imageFolder`: the path itself, or the path inside one of the directories.
  ///
  /// - Throws: ``DatasetError``.
  func folder(_ path: String) throws -> String {
    guard path.contains(where: { !$0.isWhitespace }) else {
      throw DatasetError(.emptyPath, dataset: path)
    }
    let beside = path.hasPrefix("/") || base == "." ? path : "\(base)/\(path)"
    let places = [beside] + (path.hasPrefix("/") ? [] : directories.map { "\($0)/\(path)" })
    guard let place = places.first(where: FileBytes.isDirectory) else {
      throw DatasetError(.notFound(places: places), dataset: path)
    }
    return place
  }

  /// A file of a data set: the path itself, or the path inside one of the directories.
  ///
  /// - Throws: ``CSVError``.
  func file(_ path: String) throws -> String {
    let beside = path.hasPrefix("/") || base == "." ? path : "\(base)/\(path)"
    let places = [beside] + (path.hasPrefix("/") ? [] : directories.map { "\($0)/\(path)" })
    guard let place = places.first(where: FileBytes.isFile) else {
      throw CSVError(.notFound(places: places), file: path)
    }
    return place
  }

  private func candidates(
    _ cifar: CIFAR, in directory: String
  ) -> [(exists: Bool, location: Location)] {
    let base = String(directory.split(separator: "/").last ?? "")
    let heads = cifar.headFolders
    func folder(_ path: String, _ encoding: CIFAR.Encoding, head: Bool = false) -> (Bool, Location) {
      (
        FileBytes.isDirectory(path),
        Location(path: path, encoding: encoding, isArchive: false, isHead: head)
      )
    }
    func archive(_ path: String, _ encoding: CIFAR.Encoding, _ isNamed: Bool = true) -> (Bool, Location) {
      (
        isNamed && FileBytes.isFile(path),
        Location(path: path, encoding: encoding, isArchive: true, isHead: false)
      )
    }
    /// Whether the directory itself contains a file of the data set, with its location.
    func itself(_ encoding: CIFAR.Encoding) -> (Bool, Location) {
      let isHead = heads.contains { $0.name == base }
      let found = cifar.files(encoding).contains { FileBytes.isFile("\(directory)/\($0.name)") }
      return (found, Location(path: directory, encoding: encoding, isArchive: false, isHead: isHead))
    }
    return [
      archive(directory, .binary, base == cifar.binaryArchive.file),
      archive(directory, .pickle, base == cifar.pickleArchive.file),
      folder("\(directory)/\(cifar.binaryFolder)", .binary),
      folder("\(directory)/\(cifar.pickleFolder)", .pickle),
      itself(.binary), itself(.pickle),
      archive("\(directory)/\(cifar.binaryArchive.file)", .binary),
      archive("\(directory)/\(cifar.pickleArchive.file)", .pickle),
    ] + heads.map { folder("\(directory)/\($0.name)", $0.encoding, head: true) }
  }
}
