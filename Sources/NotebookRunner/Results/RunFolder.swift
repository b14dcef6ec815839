import Foundation
import Neural
import Support

/// The paths of a run's results: `output/NAME.html` and `output/NAME/`.
struct RunFolder: Sendable {
  /// The file that exports are made from.
  static let outputs = "outputs.json"

  /// The folder of printed texts that are too long for the report.
  static let printed = "printed"

  let report: String
  let directory: String

  init(output: String, name: String) {
    let base = output.isEmpty ? "." : output
    report = "\(base)/\(name).html"
    directory = "\(base)/\(name)"
  }

  /// With less free space than the smallest report needs, running is pointless.
  private static let smallestReport = [UInt8](repeating: 0, count: 32 << 10)

  /// Creates the folders, checks that a report can be written, and removes leftovers of killed runs.
  ///
  /// - Throws: ``FileError`` with the path at fault.
  func prepare() throws {
    try AtomicFile.createDirectory(directory)
    try AtomicFile.createDirectory("\(directory)/checkpoints")
    let probe = "\(directory)/.writable"
    try AtomicFile.write([], to: probe, isSynced: false)
    try? FileManager.default.removeItem(atPath: probe)
    // The report is one folder up.
    let beside = "\(report).writable"
    try AtomicFile.write(Self.smallestReport, to: beside, isSynced: false)
    try? FileManager.default.removeItem(atPath: beside)
    removeLeftovers()
  }

  /// Removes partial files of killed runs.
  private func removeLeftovers() {
    let files = FileManager.default
    for case let name as String in files.enumerator(atPath: directory) ?? .init()
    where AtomicFile.isTemporary(name) {
      unlink("\(directory)/\(name)")
    }
    // Other notebooks' reports are in the same folder and may be being written.
    let folder = AtomicFile.directory(of: report)
    let prefix = "\(report.dropFirst(folder.count + 1))."
    for name in (try? files.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(prefix) && AtomicFile.isTemporary(name) {
      unlink("\(folder)/\(name)")
    }
  }

  /// Removes the printed texts of earlier runs.
  func removePrinted(except kept: Set<String>) {
    let place = "\(directory)/\(Self.printed)"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    where !kept.contains("\(Self.printed)/\(name)") {
      unlink("\(place)/\(name)")
    }
    // Fails if there are files.
    rmdir(place)
  }

  /// The reason why results could not be written, as far as can be determined without writing; `nil` if there is
  /// none.
  var problem: String? {
    func wording(_ what: String) -> String {
      "cannot write the results: \(what); use --output to choose another folder"
    }
    if FileBytes.isDirectory(report) { return wording("\(report) is a folder") }
    // The report is one folder up.
    for place in [Self.existing(directory), Self.existing(AtomicFile.directory(of: report))] {
      if !FileBytes.isDirectory(place) { return wording("\(place) is not a folder") }
      if access(place, W_OK | X_OK) != 0 { return wording("\(place): \(String(cString: strerror(errno)))") }
    }
    return nil
  }

  /// The folder, or its nearest existing parent; `.` if none exists.
  static func existing(_ directory: String) -> String {
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
