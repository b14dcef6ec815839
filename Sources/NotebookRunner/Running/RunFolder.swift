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

  /// Makes the folders and tries whether they can be written to.
  ///
  /// - Throws: ``FileError`` with the path at fault.
  func prepare() throws {
    try AtomicFile.createDirectory(directory)
    try AtomicFile.createDirectory("\(directory)/checkpoints")
    let probe = "\(directory)/.writable"
    try AtomicFile.write("", to: probe)
    try? FileManager.default.removeItem(atPath: probe)
    // The report lies one folder up.
    let beside = "\(report).writable"
    try AtomicFile.write("", to: beside)
    try? FileManager.default.removeItem(atPath: beside)
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try AtomicFile.write(bytes, to: "\(directory)/\(name)")
  }
}
