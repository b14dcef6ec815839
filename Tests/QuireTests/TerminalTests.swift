import Foundation
import Testing

/// The output on terminals of different widths.
@Suite struct TerminalTests {
  @Test(arguments: [50, 80]) func linesAreBrokenBetweenWords(columns: Int) throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try """
    ```swift
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 2, target: 0.99)
    ```
    """.write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let screen = try Executable.screen(["run", "n.md"], columns: columns, in: folder)
    let lines = screen.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= columns }, "\(screen)")
    #expect(screen.contains("\n  Epoch  2/2  train "), "\(screen)")
    #expect(
      lines.joined(separator: " ").replacing(#/ +/#, with: " ").contains("threads, embedded data Report:"))
    // The log has the full line.
    let log = try String(contentsOfFile: "\(folder)/output/n/training.log", encoding: .utf8)
    #expect(log.contains("| LR: 0.001000 | Time: "))
    let plain = try Executable.run(["run", "n.md", "--fresh"], in: folder)
    #expect(plain.output.contains("| LR: 0.001000 | Time: "))
  }
}

extension Executable {
  /// The final content of a terminal's screen: without escape codes, with overwritten lines in their last state.
  static func screen(_ arguments: [String], columns: Int, in folder: String) throws -> String {
    var (main, terminal): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: 50, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    #expect(openpty(&main, &terminal, nil, nil, &size) == 0)
    defer { close(main) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try path())
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle(fileDescriptor: terminal)
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    close(terminal)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    // Reading fails when the other side is closed.
    while case let count = read(main, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { ($0.split(separator: "\r").last ?? "").replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "") }
      .joined(separator: "\n")
  }
}
