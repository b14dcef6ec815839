import Foundation
import Testing

@testable import NotebookRunner

/// The digest of the sources changes with every source file, so a build never uses results of other code.
@Suite struct SourceFingerprintTests {
  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Plugins/SourceFingerprint/fingerprint").path

  /// The output of the script for a new folder with these files, by name.
  private func fingerprint(_ files: [String: String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
    let output = folder.appendingPathComponent("out")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [Self.script, folder.path, output.path] + files.keys.sorted()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try String(contentsOf: output, encoding: .utf8)
  }

  @Test func itTellsCodeApartAndNotFolders() throws {
    let one = try fingerprint(["a.swift": "let a = 1\n", "b c.swift": "let b = 2\n"])
    #expect(one.contains("static let value = \""))
    #expect(try fingerprint(["a.swift": "let a = 1\n", "b c.swift": "let b = 2\n"]) == one)
    #expect(try fingerprint(["a.swift": "let a = 2\n", "b c.swift": "let b = 2\n"]) != one)
    #expect(try fingerprint(["a.swift": "let a = 1\n", "d.swift": "let b = 2\n"]) != one)
    #expect(try fingerprint(["a.swift": "let a = 1\nlet b = 2\n", "b c.swift": ""]) != one)
  }

  @Test func thisBuildHasOne() {
    #expect(SourceFingerprint.value.count == 64)
    #expect(Machine.quire.hasPrefix("0."))
  }
}
