import Diagnostics
import Foundation

/// Reads a notebook's bytes from disk.
enum NotebookFile {
  /// The file's bytes, at most one more than the maximum notebook size, or the reason why it cannot be read.
  static func bytes(of path: String) -> Result<Data, LocatedProblem> {
    func failure(_ problem: DocumentProblem) -> Result<Data, LocatedProblem> {
      .failure(LocatedProblem(problem, at: nil))
    }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return failure(.noSuchFile(path, near: neighbour(of: path)))
    }
    if isDirectory.boolValue { return failure(.isDirectory(path)) }
    // Reading a pipe or device could block for ever.
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return failure(.unreadable(path, reason: "not a file"))
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      return failure(.unreadable(path, reason: "permission denied"))
    }
    defer { try? handle.close() }
    do {
      return .success(try handle.read(upToCount: DocumentReader.maximumSize + 1) ?? Data())
    } catch {
      return failure(.unreadable(path, reason: error.localizedDescription))
    }
  }

  /// A Markdown file in the same folder with a similar name.
  private static func neighbour(of path: String) -> String? {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let notebooks = names.filter { $0.hasSuffix(".md") }.sorted()
    let wanted = url.lastPathComponent
    let near =
      notebooks.first { $0 == wanted + ".md" } ?? nearMiss(of: wanted, among: notebooks)
      ?? nearMiss(of: wanted + ".md", among: notebooks)
    return near.map { path.dropLast(wanted.count) + $0 }
  }
}
