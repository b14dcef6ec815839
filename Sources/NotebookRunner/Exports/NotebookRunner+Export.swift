import Cells
import Diagnostics
import Documents
import Exporting
import Foundation
import Neural
import Reporting
import Steps
import Support

extension NotebookRunner {
  /// Exports a notebook to another format.
  public static func export(_ options: ExportOptions) -> ExportOutcome {
    let (document, found) = DocumentReader.read(path: options.notebook)
    guard let document else {
      return ExportOutcome(exitCode: 2, problems: found.map { $0.rendered(file: options.notebook) })
    }
    if let destination = options.destination, Paths.absolute(destination) == Paths.absolute(options.notebook)
    {
      return ExportOutcome(
        exitCode: 2, problems: ["\(destination): error: this is the notebook itself; choose another file"])
    }
    switch options.format {
    case .swift: return exportSwift(document, found, options)
    case .ipynb, .markdown: return exportPage(document, found, options)
    case .pdf: return exportPDF(options)
    case .onnx: return exportONNX(options)
    }
  }

  /// Exports to a format that shows the results of the last run.
  private static func exportPage(
    _ document: Document, _ found: [Diagnostic], _ options: ExportOptions
  ) -> ExportOutcome {
    let problems = found.map { $0.rendered(in: document.source) }
    guard !found.contains(where: { $0.severity == .error }) else {
      return ExportOutcome(exitCode: 2, problems: problems + ["nothing was exported"])
    }
    let ending = options.format == .ipynb ? "ipynb" : "md"
    let destination = options.destination ?? "\(options.output)/\(options.name).\(ending)"
    if Paths.isDirectory(destination) {
      let problem =
        "\(destination): error: this is a folder; choose a file, for example \(options.name).\(ending)"
      return ExportOutcome(exitCode: 2, problems: problems + [problem])
    }
    if let problem = ExportMark.problem(destination, options.format, notebook: options.notebook) {
      return ExportOutcome(exitCode: 2, problems: problems + [problem])
    }
    let (outputs, notes) = outputs(options)
    let folder = Paths.folder(of: destination)
    let file = destination.split(separator: "/").last.map(String.init) ?? destination
    let back = Paths.relative(Paths.folder(of: options.notebook), from: folder)
    let prefix = back == "." ? "" : (back + "/").linkDestination
    let source = Paths.relative(options.notebook, from: folder)
    var files =
      options.format == .ipynb
      ? [JupyterExport(document, outputs: outputs, linkPrefix: prefix, notebook: source).file(named: file)]
      : MarkdownExport(document, outputs: outputs, linkPrefix: prefix).files(named: file)
    if options.format == .markdown { files[0].bytes += Array(ExportMark.line(source).utf8) }
    return write(files, to: folder, shown: destination, problems: problems, notes: notes)
  }

  /// The results of the last run if its text was the same; otherwise notes that explain what is missing and what to
  /// do.
  private static func outputs(_ options: ExportOptions) -> (RunOutputs?, notes: [String]) {
    let results = RunFolder(output: options.output, name: options.name)
    if let owner = results.owner.other(than: options.notebook) {
      return (
        nil,
        ["exported without outputs: \(results.directory)/ has the results of \(owner); use another --output"]
      )
    }
    let path = "\(results.directory)/\(RunFolder.outputs)"
    let command =
      "run it: quire run \(options.notebook)"
      + (options.output == "output" ? "" : " --output \(options.output)")
    guard let bytes = FileManager.default.contents(atPath: path) else {
      return (nil, ["exported without outputs: the notebook has not been run; \(command)"])
    }
    guard let outputs = try? JSON.value(RunOutputs.self, from: Array(bytes)) else {
      return (nil, ["exported without outputs: cannot read \(path); \(command)"])
    }
    guard outputs.notebookSHA256 == RunProvenance.sha256(ofFile: options.notebook) else {
      return (nil, ["exported without outputs: the notebook changed after its last run; \(command)"])
    }
    return (
      outputs, outputs.isFinished ? [] : ["the last run did not finish, so some outputs are missing"]
    )
  }

  private static func exportSwift(
    _ document: Document, _ found: [Diagnostic], _ options: ExportOptions
  ) -> ExportOutcome {
    let notebook = CheckedNotebook(document, found: found, catalogue: .quire(.idle), given: GivenParameters())
    var problems = notebook.problems.map { $0.rendered(in: document.source) }
    guard notebook.isRunnable else {
      problems.append("nothing was exported")
      return ExportOutcome(exitCode: 2, problems: problems)
    }
    let folder = options.destination ?? "\(options.output)/\(options.name)-swift"
    if let problem = occupied(folder, notebook: options.notebook) {
      return ExportOutcome(exitCode: 2, problems: problems + [problem])
    }
    guard let library = library(options.library, from: folder) else {
      let problem =
        options.library.map {
          "--library \($0): not a checkout of Quire: there is no folder Sources/QuireKit"
        }
        ?? "this quire was not built from a checkout; specify a checkout or a Git URL with --library"
      return ExportOutcome(exitCode: 2, problems: problems + ["error: \(problem)"])
    }
    let name = String(options.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "-" })
    let package = SwiftPackage(
      document, name: name, notebook: Paths.relative(options.notebook, from: folder),
      sha256: RunProvenance.sha256(ofFile: options.notebook), parameters: notebook.parameters,
      library: library)
    return write(package.files, to: folder, shown: folder, problems: problems)
  }

  /// The reason why a folder cannot be overwritten: it contains files that no export wrote, or the export of another
  /// notebook.
  private static func occupied(_ folder: String, notebook: String) -> String? {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory) else { return nil }
    guard isDirectory.boolValue else {
      return "\(folder): error: this is a file; choose a folder for the Swift package"
    }
    if let names = try? FileManager.default.contentsOfDirectory(atPath: folder), names.isEmpty { return nil }
    let manifest = FileManager.default.contents(atPath: "\(folder)/Package.swift") ?? Data()
    let text = String(decoding: manifest, as: UTF8.self)
    guard text.contains(SwiftPackage.mark) else {
      return "\(folder): error: the folder contains other files; choose a new folder"
    }
    // An export without a path is from an earlier version.
    guard let start = text.range(of: "\(SwiftPackage.mark) from "),
      let end = text[start.upperBound...].range(of: ".\n"),
      let path = String(text[start.upperBound..<end.lowerBound]).removingPercentEncoding,
      let other = ExportMark.other(path, in: folder, than: notebook)
    else { return nil }
    return "\(folder): error: this folder has the export of \(other); choose another folder"
  }

  private static func library(_ given: String?, from folder: String) -> SwiftPackage.Library? {
    if let given, given.contains("://") || given.hasPrefix("git@") {
      return .repository(url: given, version: Version.current)
    }
    guard let place = given ?? Paths.checkout, Paths.isDirectory("\(place)/Sources/QuireKit") else {
      return nil
    }
    return .path(Paths.relative(place, from: folder))
  }

  /// Writes files into a folder.
  static func write(
    _ files: [ExportedFile], to folder: String, shown: String, problems: [String] = [], notes: [String] = []
  ) -> ExportOutcome {
    do {
      for file in files {
        let path = "\(folder)/\(file.path)"
        try AtomicFile.createDirectory(Paths.folder(of: path))
        try AtomicFile.write(file.bytes, to: path)
      }
    } catch {
      return ExportOutcome(exitCode: 1, problems: problems + ["error: \(error)"])
    }
    return ExportOutcome(exitCode: 0, path: shown, problems: problems, notes: notes)
  }
}
