import Support

extension NotebookRunner {
  /// Writes the notebook that a report contains to a file, byte for byte.
  ///
  ///     try NotebookRunner.extract("cifar10.html")   // "cifar10.md"
  ///
  /// - Parameters:
  ///   - report: the report's path.
  ///   - destination: the file to write; `nil` for the notebook's own name in the current folder. A file with the same
  ///     bytes is left as it is, and one with other bytes is not replaced.
  /// - Returns: the file's path.
  /// - Throws: ``EmbeddedRunProblem``; `FileError`.
  public static func extract(_ report: String, to destination: String? = nil) throws -> String {
    let run = try EmbeddedRun(report: report)
    let bytes = try run.source(of: report)
    let path = destination ?? run.fileName
    if FileBytes.isFile(path) || FileBytes.isDirectory(path) {
      guard let found = try? FileBytes.read(path, limit: bytes.count + 1), Array(found) == bytes else {
        throw EmbeddedRunProblem.exists(path)
      }
      return path
    }
    try AtomicFile.write(bytes, to: path)
    return path
  }
}

extension EmbeddedRun {
  /// The notebook's name as a safe file name, whatever a changed report says.
  var fileName: String {
    let name = (notebook?.name ?? "").split(separator: "/").last.map(String.init) ?? ""
    let isSafe =
      name.hasSuffix(".md") && !name.hasPrefix(".") && !name.unicodeScalars.contains { $0.value < 0x20 }
    return isSafe ? name : "notebook.md"
  }
}
