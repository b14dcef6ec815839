import Foundation
import Support

/// The notebook that a results folder belongs to, so that another notebook of the same name does not replace its
/// results.
///
/// A file in the folder contains the notebook's path relative to the folder, so that a project can be moved or copied
/// with its results.
struct ResultsOwner {
  private let directory: String
  private let report: String
  private var file: String { "\(directory)/.notebook" }

  init(directory: String, report: String) {
    self.directory = directory
    self.report = report
  }

  /// The path of the notebook; `nil` if it is unknown, or the notebook was moved or deleted.
  var notebook: String? {
    guard let bytes = try? FileBytes.read(file, limit: 1 << 16) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    let path = text.hasPrefix("/") ? text : "\(directory)/\(text)"
    return !text.isEmpty && FileBytes.isFile(path) ? Paths.relative(path, from: ".") : nil
  }

  /// The reason why a notebook must not use the folder: it belongs to another notebook that still exists.
  func problem(for notebook: String) -> String? {
    guard let owner = other(than: notebook) else { return nil }
    return "\(report) and \(directory)/ are the results of \(owner); use --output to choose another folder, "
      + "rename one of the notebooks, or delete \(directory)/ to replace the results"
  }

  /// The notebook that the folder belongs to, if it is not this one.
  func other(than notebook: String) -> String? {
    guard let owner = self.notebook, !Self.isSameFile(owner, notebook) else { return nil }
    return owner
  }

  /// Records the notebook.
  ///
  /// - Throws: ``FileError``.
  func claim(for notebook: String) throws {
    let text = Paths.relative(notebook, from: directory) + "\n"
    if let bytes = try? FileBytes.read(file, limit: 1 << 16), bytes == Array(text.utf8) { return }
    try AtomicFile.write(text, to: file, isSynced: false)
  }

  /// Whether two paths name one file, for example through a link, or with other capitals on a file system that ignores
  /// them.
  private static func isSameFile(_ a: String, _ b: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}

extension RunFolder {
  var owner: ResultsOwner { ResultsOwner(directory: directory, report: report) }
}
