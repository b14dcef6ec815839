import Foundation
import Neural
import Steps
import Support

/// The comparison of a report with a second run of its notebook.
public struct Verification: Sendable {
  /// The settings of the second run that the report cannot know.
  public struct Options: Sendable {
    /// The report's path.
    public var report: String
    /// The folder searched first for data sets.
    public var data: String?
    /// The folder that relative paths in the notebook refer to; `nil` if the notebook reads no files.
    public var files: String?
    /// The number of threads; `nil` uses one per core.
    public var threads: Int?
    /// The largest accepted difference of a figure; for values above 1 in proportion to them. At least 0.
    public var tolerance: Double

    /// The default tolerance: one percentage point of an accuracy.
    public static let defaultTolerance = 0.01

    /// Creates options.
    public init(
      report: String, data: String? = nil, files: String? = nil, threads: Int? = nil,
      tolerance: Double = Options.defaultTolerance
    ) {
      self.report = report
      self.data = data
      self.files = files
      self.threads = threads
      self.tolerance = tolerance
    }
  }

  /// The figures, in the report's order.
  public let figures: [VerifiedFigure]
  /// The differences between the two runs that can change figures: the processor, the data, the version.
  public let differences: [String]
  /// The exit status of the second run: 0 success, otherwise ``RunOutcome/exitCode``.
  public let runStatus: Int32

  /// The number of figures that agree in this way.
  public func count(_ agreement: VerifiedFigure.Agreement) -> Int {
    figures.count { $0.agreement == agreement }
  }

  /// Whether the second run ended like the reported one and every figure agrees.
  public let isConfirmed: Bool
}

extension NotebookRunner {
  /// Runs the notebook that a report contains again, in a temporary folder, and compares the figures.
  ///
  /// The second run has the report's parameters, seed and precision and uses no saved results.
  ///
  /// - Throws: ``EmbeddedRunProblem``; `FileError`.
  public static func verify(
    _ options: Verification.Options, display: any RunDisplay,
    signal: @escaping @Sendable () -> Int32? = { nil }
  ) throws -> Verification {
    let run = try EmbeddedRun(report: options.report)
    let bytes = try run.source(of: options.report)
    let report = run.record
    let folder = FileManager.default.temporaryDirectory.path + "/quire-verify-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try AtomicFile.createDirectory(folder)
    if let files = options.files { try link(Paths.absolute(files), into: folder, except: run.fileName) }
    try AtomicFile.write(bytes, to: "\(folder)/\(run.fileName)")
    let output = "\(folder)/.quire-output"
    let given = report.provenance.parameters.sorted { $0.key < $1.key }
    var rerun = RunOptions(
      notebook: "\(folder)/\(run.fileName)",
      parameters: given.map { RunOptions.Parameter(name: $0.key, value: $0.value) }, data: options.data,
      output: output, seed: report.provenance.seed, threads: options.threads,
      precision: Precision(rawValue: report.provenance.precision) ?? .float32, fresh: true)
    // The report's theme may not be here, and changes no figure.
    rerun.ignoresTheme = true
    let outcome = self.run(rerun, display: display, signal: signal)
    let second = outcome.json.flatMap { try? JSON.decoder.decode(RunRecord.self, from: Data($0.utf8)) }
    let figures = second.map { VerifiedFigure.compare(report, $0, tolerance: options.tolerance) } ?? []
    return Verification(
      figures: figures, differences: second.map { differences(report, $0) } ?? [],
      runStatus: outcome.exitCode,
      isConfirmed: second?.status == report.status
        && figures.allSatisfy { $0.agreement != .different })
  }

  /// Makes the files of a folder visible in another one.
  private static func link(_ source: String, into folder: String, except name: String) throws {
    for entry in try FileManager.default.contentsOfDirectory(atPath: source) where entry != name {
      guard symlink("\(source)/\(entry)", "\(folder)/\(entry)") == 0 else {
        throw FileError.last(.write, "\(folder)/\(entry)")
      }
    }
  }

  private static func differences(_ report: RunRecord, _ second: RunRecord) -> [String] {
    let (old, new) = (report.provenance, second.provenance)
    func difference(_ what: String, _ old: String?, _ new: String?) -> String? {
      old == new ? nil : "\(what): \(old ?? "none") in the report, \(new ?? "none") here"
    }
    return [
      difference("data", old.datasetSHA256, new.datasetSHA256),
      difference("instruction set", old.instructionSet, new.instructionSet),
      difference("precision", old.precision, new.precision),
      difference("Quire", old.quire, new.quire),
    ].compactMap(\.self)
  }
}
