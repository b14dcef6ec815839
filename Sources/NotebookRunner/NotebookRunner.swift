import Cells
import Diagnostics
import Documents
import Foundation
import Neural
import Reporting
import Steps
import Support

/// Reads, checks and runs notebooks.
public enum NotebookRunner {
  /// Runs a notebook: checks everything, runs the steps in order, and writes the report during the run and at its
  /// end.
  ///
  /// - Parameter signal: returns the signal that asked the run to stop; `nil` if there was none.
  public static func run(
    _ options: RunOptions, display: any RunDisplay, signal: @escaping @Sendable () -> Int32? = { nil }
  ) -> RunOutcome {
    NotebookRun(options, display, signal).outcome()
  }

  /// Checks and rehearses a notebook without running it or writing files.
  public static func check(_ options: RunOptions) -> CheckReport {
    let (document, found) = DocumentReader.read(path: options.notebook)
    return check(document, found, options)
  }

  private static func check(_ document: Document?, _ found: [Diagnostic], _ options: RunOptions)
    -> CheckReport
  {
    guard let document else { return CheckReport(notebook: options.notebook, source: nil, problems: found) }
    let notebook = CheckedNotebook(
      document, found: found, catalogue: .quire(.idle), given: options.given,
      theme: ThemeFile(options, document))
    let folder = RunFolder(output: options.output, name: options.name)
    let examination = Examination(
      notebook, settings: RunSettings(options, document, folder), folder: folder)
    return CheckReport(
      notebook: options.notebook, source: document.source, problems: examination.problems,
      sources: notebook.sources, data: examination.rehearsal?.dataLines ?? [],
      trainings: RunForecast(examination.trainings).plan, facts: examination.rehearsal?.facts ?? CheckFacts(),
      next: NextCommand.afterCheck(examination.problems, options))
  }

  /// The names of a notebook's parameters, in order; empty if it has none or cannot be read.
  public static func parameters(of path: String) -> [String] {
    let (document, found) = DocumentReader.read(path: path)
    guard let document else { return [] }
    return CheckedNotebook(document, found: found, catalogue: .quire(.idle), given: GivenParameters())
      .parameters.map(\.name)
  }

  /// Applies all certain fix-its, saves the notebook if there were any, and checks it again.
  ///
  /// The rest of the file is unchanged, byte for byte. The notebook never has more errors than before.
  ///
  /// - Throws: ``FileError`` if the notebook cannot be written; it is then unchanged.
  public static func fix(_ options: RunOptions) throws -> CheckReport {
    guard case .success(let bytes) = DocumentReader.bytes(of: options.notebook) else { return check(options) }
    func report(_ bytes: [UInt8]) -> CheckReport {
      let (document, found) = DocumentReader.read(bytes: bytes, name: options.notebook)
      return check(document, found, options)
    }
    var fixer = NotebookFixer(bytes) { report($0).problems }
    fixer.fix()
    if fixer.bytes != bytes { try AtomicFile.replace(options.notebook, with: fixer.bytes) }
    var outcome = report(fixer.bytes)
    outcome.fixed = fixer.fixed
    return outcome
  }

  /// The error for a name that `describe` does not know, with the nearest known one.
  public struct UnknownName: Error, CustomStringConvertible, Sendable {
    public let description: String
  }

  /// The catalogue as text: all of it, the rows with one name, or a type that rows mention.
  public static func describe(_ name: String?) -> Result<String, UnknownName> {
    let catalogue = Catalogue.quire(.idle)
    if name == "warnings" { return .success(Warnings.list) }
    if let warning = name.flatMap(Warnings.named) { return .success(warning.text) }
    guard let name else {
      let groups = catalogue.groups.map { describe($0, of: catalogue) }
      return .success(
        groups.joined(separator: "\n\n")
          + "\n\n'quire describe NAME' explains one of these; 'quire describe warnings' lists the warnings.")
    }
    if let group = catalogue.groups.first(where: { $0.name == name }) {
      return .success(describe(group, of: catalogue))
    }
    let isType =
      catalogue.descriptions(of: name).isEmpty
      || catalogue.rows.contains { $0.kind == .type && $0.name == name }
    let type = isType ? catalogue.describe(type: name) : nil
    let texts = [catalogue.describe(name), type].compactMap(\.self)
    if !texts.isEmpty { return .success(texts.joined(separator: "\n\n")) }
    if let words = catalogue.argumentWords(for: name) {
      return .failure(UnknownName(description: "unknown name '\(name)'; \(words)"))
    }
    let last = String(name.split(separator: ".").last ?? "")
    // 'nn.Conv2d' is our 'Conv2d'.
    if last != name, !catalogue.descriptions(of: last).isEmpty,
      catalogue.foreignNames.modules[String(name.prefix { $0 != "." })] != nil
    {
      return describe(last)
    }
    if let foreign = catalogue.foreignNames[last] {
      return .failure(UnknownName(description: "unknown name '\(name)'; \(foreign.note)"))
    }
    let near =
      (nearMiss(of: name, among: ["warnings"] + catalogue.mentionedTypes) ?? catalogue.nearestName(to: name))
      .map {
        "; did you mean '\($0)'?"
      } ?? ""
    return .failure(UnknownName(description: "unknown name '\(name)'\(near)"))
  }
}

extension NotebookRunner {
  /// A group's title and rows: signature, parameters with units, ranges and defaults, an example.
  private static func describe(_ group: Group, of catalogue: Catalogue) -> String {
    let rows = catalogue.descriptions.filter { $0.group == group.name }.map(\.text)
    let title = "\(group.title) (\(group.name))"
    return ([title, String(repeating: "=", count: title.count)] + [rows.joined(separator: "\n\n")])
      .joined(separator: "\n")
  }
}
