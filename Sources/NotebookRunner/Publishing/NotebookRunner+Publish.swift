import Foundation
import Neural
import Support

extension NotebookRunner {
  /// Publishes reports, the files that their pages link to, and an index: copies them to a folder, or commits them to
  /// a branch.
  ///
  /// Files that are already at the target stay, except those that are published again.
  public static func publish(_ options: PublishOptions) -> PublishOutcome {
    do {
      let reports = try PublishedReports(options)
      let (summary, notes) =
        switch options.target {
        case .folder(let folder): try FolderTarget(folder: folder, output: options.output).publish(reports)
        case .branch(let branch): try BranchTarget(branch: branch, output: options.output).publish(reports)
        }
      return PublishOutcome(exitCode: 0, summary: summary, notes: reports.notes + notes)
    } catch let error as FileError {
      return PublishOutcome(exitCode: 1, problems: ["error: \(error)"])
    } catch let error as GitFailure {
      return PublishOutcome(exitCode: 1, problems: ["\(error)"])
    } catch {
      return PublishOutcome(exitCode: 2, problems: ["\(error)"])
    }
  }
}

/// A folder as the target of publishing.
struct FolderTarget {
  let folder: String
  let output: String

  /// Copies the files and writes the index.
  ///
  /// - Throws: ``PublishProblem`` or `FileError`.
  func publish(_ reports: PublishedReports) throws -> (summary: String, notes: [String]) {
    let source = output.isEmpty ? "." : output
    if Paths.absolute(folder) == Paths.absolute(source) { throw PublishProblem.sameFolder(folder) }
    if FileBytes.isFile(folder) { throw PublishProblem.notAFolder(folder) }
    for name in reports.names {
      let path = "\(folder)/\(name).html"
      if FileBytes.isFile(path), !ReportIndex.isPage(try FileBytes.prefix(of: path, count: 4096)) {
        throw PublishProblem.otherPage(path)
      }
    }
    for file in reports.files {
      let path = "\(folder)/\(file)"
      try AtomicFile.createDirectory(AtomicFile.directory(of: path))
      try AtomicFile.write(try FileBytes.read("\(source)/\(file)", limit: 1 << 31), to: path, isSynced: false)
    }
    let index = "\(folder)/index.html"
    let count = Number.counted(reports.names.count, "report")
    if FileBytes.isFile(index), !ReportIndex.isIndex(try FileBytes.prefix(of: index, count: 4096)) {
      return ("published \(count) to \(folder)/", ["\(index) is not Quire's and stays as it is"])
    }
    let listed = try FileBytes.list(folder).filter { $0.hasSuffix(".html") }.map { String($0.dropLast(5)) }
    try AtomicFile.write(ReportIndex.page(of: source, listing: Set(listed)), to: index)
    return ("published \(count) to \(folder)/", [])
  }
}
