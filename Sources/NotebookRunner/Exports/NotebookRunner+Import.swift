import Documents
import Exporting
import Foundation
import Neural
import Support

extension NotebookRunner {
  /// The maximum size of a Jupyter notebook, in bytes.
  private static let largestImport = 256 << 20

  /// Converts a Jupyter notebook to a Quire notebook.
  ///
  /// - Parameters:
  ///   - path: the Jupyter notebook.
  ///   - destination: the new notebook; `nil` uses the same path with the extension `.md`.
  ///   - replaces: whether an existing file may be replaced.
  public static func importJupyter(
    _ path: String, to destination: String? = nil, replaces: Bool = false
  ) -> ExportOutcome {
    func refusal(_ problem: String) -> ExportOutcome {
      ExportOutcome(exitCode: 2, problems: ["\(path): error: \(problem)"])
    }
    if Paths.isDirectory(path) { return refusal("this is a folder; choose a .ipynb file") }
    guard FileManager.default.fileExists(atPath: path) else { return refusal("file not found") }
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    guard size <= largestImport else {
      return refusal("the file is larger than \(Number.bytes(largestImport))")
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      return refusal("cannot read the file")
    }
    let target = destination ?? (path.hasSuffix(".ipynb") ? String(path.dropLast(6)) : path) + ".md"
    guard replaces || !FileManager.default.fileExists(atPath: target) else {
      return ExportOutcome(
        exitCode: 2, problems: ["\(target): error: the file exists; use --force to replace it"])
    }
    let file = target.split(separator: "/").last.map(String.init) ?? target
    let stem = file.hasSuffix(".md") && file.count > 3 ? String(file.dropLast(3)) : file
    do throws(JupyterError) {
      let imported = try JupyterImport(Array(bytes), name: stem)
      var files = imported.files
      files[0].path = file
      let (document, problems) = DocumentReader.read(bytes: files[0].bytes, name: target)
      return write(
        files, to: Paths.folder(of: target), shown: target,
        problems: problems.map { problem in
          document.map { problem.rendered(in: $0.source) } ?? problem.rendered(file: target)
        }, notes: imported.notes)
    } catch {
      return ExportOutcome(exitCode: 2, problems: [error.diagnostic(file: path).rendered(file: path)])
    }
  }
}
