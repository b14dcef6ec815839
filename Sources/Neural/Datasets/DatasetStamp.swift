import Foundation

extension DatasetLocator {
  /// Identifies a version of a data set on disk without reading it, by its files' paths, sizes and modification
  /// times. Equal stamps mean equal data; different stamps may belong to equal data.
  ///
  ///     let before = DatasetLocator().stamp(of: .cifar10)
  public func stamp(of source: DataSource) -> String {
    switch source.rule {
    case .synthetic(let train, let test, let seed, let target):
      return "\(target.name) \(train) \(test) \(seed)"
    case .arrays:
      // Part of the notebook, not of the disk.
      return source.name
    case .csv(let request):
      guard let table = try? CSVTable(request, from: self) else { return "\(request.path) not found" }
      return ([Self.stamp(table.path)] + table.namedFiles.map(Self.stamp)).joined(separator: "\n")
    case .cifar(let cifar):
      guard let location = try? locate(cifar) else { return "\(cifar.name) not found" }
      if location.isArchive { return Self.stamp(location.path) }
      return cifar.files(location.encoding).map { Self.stamp("\(location.path)/\($0.name)") }
        .joined(separator: "\n")
    case .idx(let idx):
      guard let location = try? locate(idx) else { return "\(idx.name) not found" }
      return IDX.files.map { Self.stamp(location.path(of: $0)) }.joined(separator: "\n")
    case .imageFolder(let path, let preparation, let mode):
      guard let folder = try? folder(path),
        let found = try? ImageFolder(path: folder, preparation: preparation, colorMode: mode).listing()
      else { return "\(path) not found" }
      return "\(preparation)" + (mode == .rgb ? "" : " \(mode.rawValue)")
        + (found.train + (found.validation ?? []) + (found.test ?? [])).map { "\n" + Self.stamp($0.path) }
        .joined()
        + "\n\(found.skipped)"
    }
  }

  static func stamp(_ path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { return "\(path) missing" }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return "\(path) \(status.st_size) \(time.tv_sec).\(time.tv_nsec) \(status.st_ino)"
  }
}
