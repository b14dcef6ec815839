import Diagnostics
import Foundation

/// Reads a parameter file's text from disk.
enum ParameterFileBytes {
  static func text(of path: String) -> Result<String, ParameterFileProblem> {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return .failure(
        errno == ENOENT || errno == ENOTDIR
          ? .noSuchFile(path, near: neighbour(of: path))
          : .unreadable(path, reason: String(cString: strerror(errno))))
    }
    if status.st_mode & S_IFMT == S_IFDIR { return .failure(.isDirectory(path)) }
    // Reading a device could block for ever; a pipe (`-P <(…)`) has an end.
    guard [S_IFREG, S_IFIFO].contains(status.st_mode & S_IFMT) else {
      return .failure(.unreadable(path, reason: "not a file"))
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      return .failure(.unreadable(path, reason: "permission denied"))
    }
    defer { try? handle.close() }
    var data = Data()
    do {
      while data.count <= ParameterFile.maximumSize,
        let more = try handle.read(upToCount: ParameterFile.maximumSize + 1 - data.count), !more.isEmpty
      { data += more }
    } catch {
      return .failure(.unreadable(path, reason: error.localizedDescription))
    }
    if data.count > ParameterFile.maximumSize {
      return .failure(.tooLarge(path, limit: ParameterFile.maximumSize))
    }
    let content = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
      return .failure(.notText(path))
    }
    return .success(text)
  }

  /// A YAML file in the same folder with a similar name.
  private static func neighbour(of path: String) -> String? {
    let url = URL(fileURLWithPath: path)
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)) ?? []
    let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
    let wanted = url.lastPathComponent
    let near =
      files.first { [wanted + ".yaml", wanted + ".yml"].contains($0) } ?? nearMiss(of: wanted, among: files)
    return near.map { path.dropLast(wanted.count) + $0 }
  }
}
