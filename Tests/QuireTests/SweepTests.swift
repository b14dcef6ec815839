import Foundation
import Testing

/// `quire sweep`, run by a user.
@Suite struct SweepTests {
  private static let notebook = """
    ```swift parameters
    let rate = 0.01
    let epochs = 2
    ```

    ```swift
    let data = loadData(.synthetic(train: 200, test: 40), batchSize: 20)
    let model = buildModel("Tiny") { Conv2d(3, 4, kernelSize: 3, stride: 4); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(4, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: epochs, optimizer: .sgd(learningRate: rate))
    ```
    """

  private let folder: String

  init() throws {
    folder = try Executable.scratchFolder()
    try Self.notebook.write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
  }

  /// The data that does not depend on time: the CSV without its seconds.
  private func metrics(_ output: String) throws -> [String] {
    try String(contentsOfFile: "\(folder)/\(output)/n-sweep/sweep.csv", encoding: .utf8)
      .split(separator: "\n").map { line in
        var fields = line.split(separator: ",", omittingEmptySubsequences: false)
        fields.remove(at: 8)
        return fields.joined(separator: ",")
      }
  }

  private func weights(_ output: String, _ run: String) -> Data? {
    FileManager.default.contents(atPath: "\(folder)/\(output)/n-sweep/\(run)/n/checkpoints/last.safetensors")
  }

  @Test func twoJobsGiveTheBytesOfOne() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let grid = ["sweep", "n.md", "-p", "rate=0.1,0.01", "-p", "epochs=1,2"]
    let one = try Executable.run(grid + ["--output", "one"], in: folder)
    #expect(one.status == 0, "\(one.output)\(one.errors)")
    #expect(one.output.contains("[4/4] rate=0.01, epochs=2: "))
    #expect(one.output.contains("Page: one/n-sweep.html"))
    #expect(!one.output.contains("\u{1B}"), "escape codes in a file")
    let two = try Executable.run(grid + ["--output", "two", "--jobs", "2", "--threads", "4"], in: folder)
    #expect(two.status == 0, "\(two.output)\(two.errors)")
    #expect(try metrics("one") == (try metrics("two")))
    #expect(try metrics("one").count == 5)
    for run in ["rate=0.1,epochs=1", "rate=0.01,epochs=2"] {
      #expect(weights("one", run) != nil)
      #expect(weights("one", run) == weights("two", run))
    }
    #expect(weights("one", "rate=0.1,epochs=1") != weights("one", "rate=0.01,epochs=1"))
  }

  @Test func aSweepThatWasKilledGoesOnWhereItWas() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // The second run would take minutes.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Executable.path())
    process.arguments = ["sweep", "n.md", "-p", "epochs=1,100000", "-p", "rate=0.1"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let second = "\(folder)/output/n-sweep/epochs=100000,rate=0.1/n"
    wait { FileManager.default.fileExists(atPath: "\(second)/history.csv") || !process.isRunning }
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    // The orphaned run notices, and records that it stopped.
    wait {
      (try? String(contentsOfFile: "\(second)/run.json", encoding: .utf8))?.contains(
        "\"status\" : \"interrupted\"") == true
    }
    let manifest = "\(folder)/output/n-sweep/sweep.json"
    #expect(try String(contentsOfFile: manifest, encoding: .utf8).contains("\"status\" : \"running\""))

    // The page cannot know that the sweep was killed.
    let page = try String(contentsOfFile: "\(folder)/output/n-sweep.html", encoding: .utf8)
    #expect(page.contains("<strong>Not finished</strong>: last updated 20"))
    #expect(page.contains("written while the sweep was in progress"))

    let again = try Executable.run(["sweep", "n.md", "-p", "epochs=1,2", "-p", "rate=0.1"], in: folder)
    #expect(again.status == 0, "\(again.output)\(again.errors)")
    #expect(again.output.contains("[1/2] epochs=1, rate=0.1: "))
    #expect(again.output.contains("(already finished)"))
    #expect(again.output.contains("1 of 2 runs of n.md already finished"))
    #expect(try !String(contentsOfFile: manifest, encoding: .utf8).contains("\"status\" : \"pending\""))
  }

  @Test func interruptingStopsTheRunsAndSaysSo() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Executable.path())
    process.arguments = ["sweep", "n.md", "-p", "epochs=100000,99999,3", "--jobs", "2", "--quiet"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for epochs in [100000, 99999] {
      let history = "\(folder)/output/n-sweep/epochs=\(epochs)/n/history.csv"
      wait { FileManager.default.fileExists(atPath: history) || !process.isRunning }
      #expect(process.isRunning)
    }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let manifest = try String(contentsOfFile: "\(folder)/output/n-sweep/sweep.json", encoding: .utf8)
    #expect(
      manifest.components(separatedBy: "\"status\" : \"interrupted\"").count == 4, "two runs and the sweep")
    #expect(manifest.contains("\"status\" : \"pending\""))
    for epochs in [100000, 99999] {
      let report = "\(folder)/output/n-sweep/epochs=\(epochs)/n.html"
      #expect(try String(contentsOfFile: report, encoding: .utf8).contains("nterrupted"))
    }
    let page = try String(contentsOfFile: "\(folder)/output/n-sweep.html", encoding: .utf8)
    #expect(page.contains("<strong>Interrupted</strong>, 0 of 3 runs finished"))
  }

  @Test func aFailureAndATypoHaveTheirExitStatus() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let failing = try Executable.run(["sweep", "n.md", "-p", "rate=1e39,0.1"], in: folder)
    #expect(failing.status == 1)
    #expect(
      failing.errors.contains("1 of 2 runs failed:\n  rate=1e+39: n.md:9:15: error: "), "\(failing.errors)")
    #expect(failing.output.contains("[2/2] rate=0.1: "))

    let wrong = try Executable.run(["sweep", "n.md", "-p", "rate=0.1,-1", "--output", "wrong"], in: folder)
    #expect(wrong.status == 2)
    #expect(wrong.output.isEmpty)
    #expect(wrong.errors.hasSuffix("  note: with rate=-1.0\n1 error; nothing was run\n"), "\(wrong.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/wrong"))

    let typo = try Executable.run(["sweep", "n.md", "-p", "rat=1,2", "--output", "typo"], in: folder)
    #expect(typo.status == 2)
    #expect(typo.errors.contains("did you mean 'rate'?"), "\(typo.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/typo"))
  }

  /// Waits without a time limit: a loaded machine is slow, not wrong.
  private func wait(for condition: () -> Bool) {
    while !condition() { Thread.sleep(forTimeInterval: 0.02) }
  }
}
