import Foundation
import Neural
import Support

/// The paths of a sweep's results: `output/NAME-sweep.html` and `output/NAME-sweep/` with one folder per run.
struct SweepFolder: Sendable {
  let name: String
  let page: String
  let directory: String

  init(_ options: RunOptions) {
    let base = options.output.isEmpty ? "." : options.output
    name = options.name
    page = "\(base)/\(options.name)-sweep.html"
    directory = "\(base)/\(options.name)-sweep"
  }

  var owner: ResultsOwner { ResultsOwner(directory: directory, report: page) }
  var manifest: String { "\(directory)/sweep.json" }
  var csv: String { "\(directory)/sweep.csv" }

  /// The `--output` of a run.
  func output(_ run: PlannedRun) -> String { "\(directory)/\(run.folder)" }
  /// The folder of a run's run.json and history.csv.
  func results(_ run: PlannedRun) -> String { "\(output(run))/\(name)" }
  /// The file with a run's standard error.
  func errors(_ run: PlannedRun) -> String { "\(output(run))/errors.txt" }

  /// The link from the sweep's page to a run's report; `nil` if there is no report.
  func link(_ run: PlannedRun) -> String? {
    guard FileBytes.isFile("\(output(run))/\(name).html") else { return nil }
    let path = "\(name)-sweep/\(run.folder)/\(name).html"
    return path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed).map { "./\($0)" }
  }

  /// Creates the folders and checks that they are writable.
  ///
  /// - Throws: ``FileError``.
  func prepare() throws {
    try AtomicFile.createDirectory(directory)
    for probe in ["\(directory)/.writable", "\(page).writable"] {
      try AtomicFile.write("", to: probe)
      try? FileManager.default.removeItem(atPath: probe)
    }
  }

  /// Creates a run's folder and removes the results of an earlier run that would be mistaken for its own.
  ///
  /// - Throws: ``FileError``.
  func clear(_ run: PlannedRun) throws {
    try AtomicFile.createDirectory(results(run))
    let names = try FileBytes.list(results(run))
    for name in names where name == "run.json" || (name.hasPrefix("history") && name.hasSuffix(".csv")) {
      unlink("\(results(run))/\(name)")
    }
  }

  /// Locks the folder against a second sweep until the descriptor is closed or the process ends.
  ///
  /// - Returns: `nil` if another sweep has the lock.
  func lock() -> Int32? { Self.lock(directory) }

  /// Locks the folder of a sweep.
  static func lock(_ directory: String) -> Int32? {
    let descriptor = open("\(directory)/.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    // On a file system without locks, continue without one.
    guard descriptor >= 0 else { return -1 }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return descriptor }
    close(descriptor)
    return nil
  }
}
