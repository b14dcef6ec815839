import Foundation
import Neural

/// Where a run's results lie: `output/NAME.html` and `output/NAME/`.
struct RunFolder: Sendable {
  /// What exports are made from.
  static let outputs = "outputs.json"

  let report: String
  let directory: String

  init(output: String, name: String) {
    let base = output.isEmpty ? "." : output
    report = "\(base)/\(name).html"
    directory = "\(base)/\(name)"
  }

  /// A report is no smaller, so that without this much space nothing need be run.
  private static let smallestReport = [UInt8](repeating: 0, count: 32 << 10)

  /// Makes the folders, tries whether a report can be written there, and clears away what killed runs left.
  ///
  /// - Throws: ``FileError`` with the path at fault.
  func prepare() throws {
    try AtomicFile.createDirectory(directory)
    try AtomicFile.createDirectory("\(directory)/checkpoints")
    let probe = "\(directory)/.writable"
    try AtomicFile.write([], to: probe, isSynced: false)
    try? FileManager.default.removeItem(atPath: probe)
    // The report lies one folder up.
    let beside = "\(report).writable"
    try AtomicFile.write(Self.smallestReport, to: beside, isSynced: false)
    try? FileManager.default.removeItem(atPath: beside)
    removeLeftovers()
  }

  /// Removes what writes left that were cut short when a run was killed.
  private func removeLeftovers() {
    let files = FileManager.default
    for case let name as String in files.enumerator(atPath: directory) ?? .init()
    where AtomicFile.isTemporary(name) {
      unlink("\(directory)/\(name)")
    }
    // Other notebooks' reports lie beside this one's, and may be being written.
    let folder = AtomicFile.directory(of: report)
    let prefix = "\(report.dropFirst(folder.count + 1))."
    for name in (try? files.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(prefix) && AtomicFile.isTemporary(name) {
      unlink("\(folder)/\(name)")
    }
  }

  /// What would keep results from being written, as far as it can be told without writing; `nil`: nothing.
  var problem: String? {
    func wording(_ what: String) -> String {
      "the results cannot be written: \(what); --output may name another folder"
    }
    if FileBytes.isDirectory(report) { return wording("\(report) is a folder") }
    // The report lies one folder up.
    for place in [Self.existing(directory), Self.existing(AtomicFile.directory(of: report))] {
      if !FileBytes.isDirectory(place) { return wording("\(place) is not a folder") }
      if access(place, W_OK | X_OK) != 0 { return wording("\(place): \(String(cString: strerror(errno)))") }
    }
    return nil
  }

  /// What there is too little space for; `nil`: nothing.
  func spaceProblem(needed: Int) -> String? {
    var system = statvfs()
    guard statvfs(Self.existing(directory), &system) == 0 else { return nil }
    let (free, overflow) = Int(clamping: system.f_bavail).multipliedReportingOverflow(
      by: Int(clamping: system.f_frsize))
    guard !overflow, free < needed else { return nil }
    return
      "\(directory) needs about \(RunForecast.size(needed)), and only \(RunForecast.size(free)) are free there; "
      + "free some space or choose another --output"
  }

  /// The folder, or what there is of the path to it; `.` where nothing is.
  private static func existing(_ directory: String) -> String {
    var path = directory
    while !FileManager.default.fileExists(atPath: path) {
      guard let slash = path.lastIndex(of: "/") else { return "." }
      if slash == path.startIndex { return "/" }
      path = String(path[..<slash])
    }
    return path
  }

  func write(_ bytes: [UInt8], to name: String, isSynced: Bool = true) throws {
    try AtomicFile.write(bytes, to: "\(directory)/\(name)", isSynced: isSynced)
  }
}
