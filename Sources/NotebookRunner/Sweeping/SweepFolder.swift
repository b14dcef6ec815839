import Foundation
import Neural

/// Where a sweep's results lie: `output/NAME-sweep.html` and `output/NAME-sweep/`, a folder a run in it.
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

  var manifest: String { "\(directory)/sweep.json" }
  var csv: String { "\(directory)/sweep.csv" }

  /// A run's `--output`.
  func output(_ run: PlannedRun) -> String { "\(directory)/\(run.folder)" }
  /// Where a run's run.json and history.csv are.
  func results(_ run: PlannedRun) -> String { "\(output(run))/\(name)" }
  /// What a run printed as errors.
  func errors(_ run: PlannedRun) -> String { "\(output(run))/errors.txt" }

  /// A run's report as the sweep's page links to it, if there is one.
  func link(_ run: PlannedRun) -> String? {
    guard FileBytes.isFile("\(output(run))/\(name).html") else { return nil }
    let path = "\(name)-sweep/\(run.folder)/\(name).html"
    return path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed).map { "./\($0)" }
  }

  /// Makes the folders and tries whether they can be written to.
  ///
  /// - Throws: ``FileError``.
  func prepare() throws {
    try AtomicFile.createDirectory(directory)
    for probe in ["\(directory)/.writable", "\(page).writable"] {
      try AtomicFile.write("", to: probe)
      try? FileManager.default.removeItem(atPath: probe)
    }
  }

  /// Makes a run's folder and takes away what an earlier run of it would be judged by.
  ///
  /// - Throws: ``FileError``.
  func clear(_ run: PlannedRun) throws {
    try AtomicFile.createDirectory(results(run))
    let names = try FileBytes.list(results(run))
    for name in names where name == "run.json" || (name.hasPrefix("history") && name.hasSuffix(".csv")) {
      unlink("\(results(run))/\(name)")
    }
  }

  /// Keeps a second sweep out of the folder until the descriptor is closed or the process ends.
  ///
  /// - Returns: `nil` where another sweep is at work.
  func lock() -> Int32? {
    let descriptor = open("\(directory)/.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    // A file system without locks keeps nobody out, and nobody from working.
    guard descriptor >= 0 else { return -1 }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return descriptor }
    close(descriptor)
    return nil
  }
}
