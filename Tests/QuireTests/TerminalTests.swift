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

/// Without these, escape sequences fill a terminal that does not know them, or lost output looks like success.
@Suite struct OutputTests {
  private static let notebook = """
    ```swift
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    train(model, on: data, epochs: 2)
    ```
    """

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.notebook.write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    try body(folder)
  }

  @Test(arguments: ["dumb", "", "unknown"]) func aTerminalWithoutEscapesGetsNone(term: String) throws {
    try inFolder { folder in
      let text = try Executable.terminal(["run", "n.md"], in: folder, environment: ["TERM": term])
      #expect(!text.contains("\u{1B}"))
      #expect(!text.replacing("\r\n", with: "\n").contains("\r"))
      #expect(text.contains("Report: output/n.html"))
    }
  }

  @Test func coloursCanBeTurnedOff() throws {
    try inFolder { folder in
      let escape = #/\x{1B}\[[0-9;]*m/#
      let plain = try Executable.terminal(["run", "n.md"], in: folder, environment: ["NO_COLOR": "1"])
      #expect(plain.firstMatch(of: escape) == nil)
      let styled = try Executable.terminal(["run", "n.md"], in: folder, environment: ["NO_COLOR": ""])
      #expect(styled.firstMatch(of: escape) != nil)
    }
  }

  /// Without colours, an error is hard to find in a long log; in a file or a pipe, escape sequences are noise.
  @Test func errorsAreColouredWhereTheUserWantsIt() throws {
    try inFolder { folder in
      try "```swift\nlet a = lod()\n```\n".write(
        toFile: "\(folder)/wrong.md", atomically: true, encoding: .utf8)
      for arguments in [["check", "wrong.md"], ["run", "wrong.md"]] {
        let coloured = try Executable.run(arguments + ["--color", "always"], in: folder).errors
        #expect(coloured.contains("wrong.md:2:9: \u{1B}[1;31merror\u{1B}[0m\u{1B}[1m: "), "\(coloured)")
        #expect(coloured.contains("\u{1B}[1;32m          ^~~\u{1B}[0m"), "\(coloured)")
        let plain = try Executable.run(arguments, in: folder).errors
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.replacing(#/\x{1B}\[[0-9;]*m/#, with: "") == plain)
      }
      let always = try Executable.run(["run", "n.md", "--color", "always"], in: folder).output
      #expect(
        always.contains("\u{1B}[1mReport:\u{1B}[0m output/n.html") && !always.contains("\u{1B}[1m\u{1B}[0m"))
      let never = try Executable.terminal(["run", "n.md", "--color", "never"], in: folder)
      #expect(never.firstMatch(of: #/\x{1B}\[[0-9;]*m/#) == nil)
      #expect(try Executable.run(["run", "n.md", "--color", "red"], in: folder).status == 2)
    }
  }

  /// A line that is wider than the terminal cannot be redrawn, and the time left is what its reader waits for.
  @Test(arguments: [50, 80, 120]) func theProgressBarFitsAndSaysHowMuchTimeIsLeft(columns: Int) throws {
    try inFolder { folder in
      let text = try Executable.terminal(["run", "n.md"], columns: columns, in: folder)
      let bars = text.matches(of: #/\r\x{1B}\[K(  Epoch \d[^\r\n\x{1B}]+)/#).map { String($0.1) }
      #expect(!bars.isEmpty, "\(text)")
      for bar in bars { #expect(bar.count <= columns - 3 && bar.hasSuffix(" left"), "\(bar)") }
    }
  }

  @Test func timesOfStepsAreListedAtTheEnd() throws {
    try inFolder { folder in
      let text = try Executable.run(["run", "n.md", "--timings"], in: folder).output
      #expect(
        text.firstMatch(
          of: #/Time of each step:\n +[0-9.]+ m?s +100%  let data = .*\n +[0-9.]+ m?s +all steps\n$/#) != nil,
        "\(text)")
      let again = try Executable.run(["run", "n.md", "--timings"], in: folder).output
      #expect(again.contains("\n  from cache        let data = "), "\(again)")
      #expect(!(try Executable.run(["run", "n.md"], in: folder).output.contains("Time of each step")))
    }
  }

  private func shell(_ command: String, in folder: String) throws -> Executable.Result {
    try Executable.launch("/bin/bash", ["-c", command, try Executable.path()], in: folder)
  }

  #if os(Linux)
    @Test(arguments: [
      "describe", "describe train", "--help", "run --help", "--version", "check n.md", "check n.md --json",
      "cache ls", "cache ls --json", "new other", "run n.md", "run n.md --json", "export n.md --to markdown",
      "sweep n.md --seeds 1,2", "--generate-completion-script bash",
    ])
    func outputThatIsLostIsAnError(arguments: String) throws {
      try inFolder { folder in
        let full = try shell("\"$0\" \(arguments) > /dev/full", in: folder)
        #expect(full.status == 1, "\(full.errors)")
        #expect(
          full.errors.hasSuffix("quire: error: cannot write to standard output: No space left on device\n"),
          "\(full.errors)")
      }
    }
  #endif

  @Test(arguments: ["describe", "run n.md"]) func aClosedOutputIsAnErrorAndHarmsNoFile(arguments: String)
    throws
  {
    try inFolder { folder in
      let closed = try shell("\"$0\" \(arguments) >&-", in: folder)
      #expect(closed.status == 1)
      #expect(closed.errors.contains("cannot write to standard output: Bad file descriptor"))
      if arguments == "describe" { return }
      let report = try String(contentsOfFile: "\(folder)/output/n.html", encoding: .utf8)
      #expect(report.hasPrefix("<!doctype html>") && report.hasSuffix("</html>\n"))
    }
  }

  @Test(arguments: ["describe", "run n.md", "--help"]) func aReaderThatHasSeenEnoughIsNoError(
    arguments: String
  ) throws {
    try inFolder { folder in
      let piped = try shell("\"$0\" \(arguments) | head -n 1", in: folder)
      #expect(piped.status == 0)
      #expect(!piped.errors.contains("standard output"))
      #expect(piped.output.split(separator: "\n").count == 1)
    }
  }

  @Test func aRunThatIgnoresHangUpsSurvivesItsTerminal() throws {
    try inFolder { folder in
      let ignored = try shell(
        """
        trap '' HUP; "$0" run n.md --quiet & sleep 0.2; kill -HUP $!; wait $!
        """, in: folder)
      #expect(ignored.status == 0, "\(ignored.errors)")
      let report = try String(contentsOfFile: "\(folder)/output/n.html", encoding: .utf8)
      #expect(!report.contains("Interrupted"))
    }
  }
}

extension Executable {
  /// The final content of a terminal's screen: without escape codes, with overwritten lines in their last state.
  static func screen(_ arguments: [String], columns: Int, in folder: String) throws -> String {
    try terminal(arguments, columns: columns, in: folder).replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { ($0.split(separator: "\r").last ?? "").replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "") }
      .joined(separator: "\n")
  }

  /// Everything that the program writes to a terminal.
  static func terminal(
    _ arguments: [String], columns: Int = 80, in folder: String, environment: [String: String] = [:]
  ) throws -> String {
    var (main, terminal): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: 50, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    #expect(openpty(&main, &terminal, nil, nil, &size) == 0)
    defer { close(main) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try path())
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm"]) { $1 }
      .merging(environment) { $1 }
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
    return String(decoding: bytes, as: UTF8.self)
  }
}
