import Foundation
import Testing

@Suite struct CommandLineTests {
  @Test(arguments: [
    ["run"], ["run", "a.md", "--seed", "x"], ["run", "a.md", "--threads", "0"],
    ["run", "a.md", "-p", "novalue"], ["sweep", "a.md"], ["sweep", "a.md", "--seeds", "1,x"],
    ["sweep", "a.md", "--jobs", "0"], ["sweep", "a.md", "--seed", "1", "--seeds", "1,2"],
    ["run", "a.md", "--precision", "float8"], ["run", "absent.md"], ["check", "absent.md"],
    ["describe", "tran"],
    ["export", "absent.md", "--to", "swift"], ["export", "a.md"], ["export", "a.md", "--to", "pdf"],
    ["import", "absent.ipynb"], ["import", "."], ["nonsense"],
    ["new"], ["new", "a", "--template", "other"], ["open"], ["open", "absent.md"],
    ["cache", "rm"], ["cache", "rm", "a", "--all"], ["cache", "rm", "absent"],
    ["cache", "gc", "--max-size", "much"], ["cache", "gc", "--max-size", "-1"],
  ])
  func aWrongCommandLineRunsNothingAndExitsWith2(arguments: [String]) throws {
    let result = try Executable.run(arguments, in: FileManager.default.temporaryDirectory.path)
    #expect(result.status == 2, "\(arguments): \(result.output)\(result.errors)")
    #expect(!result.errors.isEmpty)
  }

  /// A newcomer who types another tool's words gets ours.
  @Test(arguments: [
    (["rn", "n.md"], "quire: unknown command 'rn'; did you mean 'quire run'?"),
    (["train", "n.md"], "quire: unknown command 'train'; 'quire run NOTEBOOK' trains what"),
    (["n.md"], "quire: a command is missing; write 'quire run n.md'"),
    (["xyzzy"], "quire: unknown command 'xyzzy'; the commands are new, run,"),
    (
      ["run", "n.md", "--epochs", "3"],
      "unknown option '--epochs'; the notebook's parameters are set with -p: -p epochs=3"
    ),
    (["run", "n.md", "--lr=0.1"], "-p learningRate=0.1"),
    (["check", "n.md", "--learning-rate", "0.1"], "-p learningRate=0.1"),
    (
      ["run", "n.md", "--batch-size", "8"],
      "the notebook's parameters are epochs, learningRate, set with -p NAME=VALUE"
    ),
    (
      ["run", "absent.md", "--batch-size", "8"], "a parameter of the notebook is set with -p: -p batchSize=8"
    ),
    (
      ["run", "n.md", "--epcohs", "3"], "did you mean the notebook's parameter 'epochs'? write '-p epochs=3'"
    ),
    (["run", "n.md", "--gpu"], "Quire computes on the processor; --threads sets the number of threads"),
    (["run", "n.md", "--device", "cuda"], "Quire computes on the processor"),
    (["run", "n.md", "--resume"], "--fresh ignores saved results"),
    (["run", "n.md", "epochs=3"], "unexpected argument 'epochs=3'; write '-p epochs=3'"),
    (["run", "n.md", "-p", "learningRate=0.1,0.01"], "use 'quire sweep' with -p learningRate=0.1,0.01"),
    (["run", "n.md", "--outputs", "x"], "Did you mean '--output'?"),
    // A near miss with another meaning is none.
    (["run", "n.md", "--to", "html"], "unknown option '--to'; 'quire run' writes the HTML report;"),
    (["run", "n.md", "--param", "epochs=3"], "unknown option '--param'; -p NAME=VALUE sets a parameter"),
    (["bench", "train", "--steps", "3"], "unknown option '--steps'; --batches sets the number of batches"),
    (["bench", "ops", "--bacthes", "3"], "Did you mean '--batches'?"),
    (["describe", "lr"], "unknown name 'lr'; 'learningRate' is an argument of 'Optimizer.sgd', "),
    (
      ["describe", "weight_decay"],
      "unknown name 'weight_decay'; 'weightDecay' is an argument of 'Optimizer.sgd', "
    ),
    (["describe", "betas"], "unknown name 'betas'; PyTorch's 'betas': write 'beta1: 0.9, beta2: 0.999'"),
    (["describe", "resnet18"], "unknown name 'resnet18'; torchvision's 'resnet18': not available in Quire"),
    (["describe", "CosineAnnealingLR"], "PyTorch's 'CosineAnnealingLR': write '.cosine(tMax: 50)'"),
  ])
  func anotherToolsWordsGetOurs(arguments: [String], expected: String) throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try
      "```swift parameters\nlet epochs = 5\nlet learningRate = 0.5\n```\n\n`{swift} epochs` `{swift} learningRate`\n"
      .write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let result = try Executable.run(arguments, in: folder)
    #expect(result.status == 2, "\(result.output)\(result.errors)")
    #expect(result.errors.contains(expected), "\(result.errors)")
  }

  @Test(arguments: [
    ["--help"], ["run", "--help"], ["sweep", "--help"], ["check", "--help"], ["describe", "--help"],
    ["data", "--help"], ["new", "--help"], ["open", "--help"],
    ["export", "--help"], ["import", "--help"],
    ["data", "fetch", "--help"],
    ["cache", "--help"], ["cache", "ls", "--help"], ["cache", "rm", "--help"], ["cache", "gc", "--help"],
    ["bench", "--help"], ["bench", "train", "--help"],
    ["bench", "epoch", "--help"], ["bench", "evaluate", "--help"], ["bench", "augment", "--help"],
    ["bench", "ops", "--help"], ["bench", "machine", "--help"],
  ])
  func everyCommandHasHelpWithAnExample(arguments: [String]) throws {
    let result = try Executable.run(arguments)
    #expect(result.status == 0)
    #expect(result.output.contains("Example:"), "\(arguments)")
  }

  @Test func anErrorIsLocatedWithSourceLineAndCaret() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "# T\n\n```swift\nlet a = trian(1)\n```\n".write(
      toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let result = try Executable.run(["check", "n.md"], in: folder)
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix(
        """
        n.md:4:9: error: cannot find 'trian' in scope
          let a = trian(1)
                  ^~~~~
          note: did you mean 'train'?
        """), "\(result.errors)")
  }

  @Test func checkCountsWarningsMendsAndSpeaksJSON() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "```swift\nlet a = prcent(0.5)\n```\n".write(
      toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let json = try Executable.run(["check", "n.md", "--json"], in: folder)
    #expect(json.status == 2)
    #expect(json.errors == "")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["errors"] as? Int == 1)

    let fix = try Executable.run(["check", "--fix", "n.md"], in: folder)
    #expect(fix.status == 0)
    #expect(
      fix.output == """
        n.md:2:9: fixed: cannot find 'prcent' in scope: replace 'prcent' with 'percent'
        n.md: 1 fixed; no errors, 1 warning

        """)
    #expect(fix.errors.hasPrefix("n.md:2:5: warning: 'a' is never used [QR001]\n"), "\(fix.errors)")

    let described = try Executable.run(["describe", "QR001"], in: folder)
    #expect(described.output.hasPrefix("QR001: unused name\n"))

    let quiet = try Executable.run(["run", "n.md", "--quiet"], in: folder)
    #expect(quiet.status == 0)
    #expect(quiet.output == "" && quiet.errors == "", "\(quiet.output)\(quiet.errors)")
  }

  @Test func aDiskThatFillsUpIsAnErrorNotACrash() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try
      "```swift\nlet model = buildModel(\"M\") { Flatten(); Linear(3072, 500) }\nsave(model, to: \"m.safetensors\")\n```\n"
      .write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    // Enough for the report (32 to 64 KB), not for six megabytes of weights.
    let result = try Executable.run(["run", "n.md"], fileLimitInBlocks: 1000, in: folder)
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    #expect(result.errors.contains("n.md:3:1: error: "), "\(result.errors)")
    #expect(result.errors.contains("m.safetensors"), "\(result.errors)")
    let html = try String(contentsOfFile: "\(folder)/output/n.html", encoding: .utf8)
    #expect(html.contains("m.safetensors"))

    let nothing = try Executable.run(["run", "n.md", "--output", "other"], fileLimitInBlocks: 8, in: folder)
    #expect(nothing.status == 2, "\(nothing.output)\(nothing.errors)")
    #expect(nothing.errors.contains("cannot write the results"), "\(nothing.errors)")
  }

  @Test func aMemoryLimitThatIsNoneIsRefused() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "```swift\nprint(1)\n```\n".write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    for size in ["0", "12x", "-5", "50%"] {
      for command in ["run", "check"] {
        let result = try Executable.run([command, "n.md", "--max-memory", size], in: folder)
        #expect(result.status == 2, "\(size): \(result.output)")
        #expect(result.errors.contains("--max-memory"), "\(result.errors)")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/output"))
    #expect(try Executable.run(["check", "n.md", "--max-memory", "1.5G"], in: folder).status == 0)
  }

  @Test(arguments: [(SIGINT, 130 as Int32), (SIGTERM, 143 as Int32), (SIGHUP, 129 as Int32)])
  func aSignalEndsTheRunWithItsReport(signal: Int32, status: Int32) throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // A training that would take hours; the cell prints when it has started.
    try """
    ```swift
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 100_000)
    ```
    """.write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let script = """
      "$0" run n.md & while [ ! -s output/n/history.csv ]; do kill -0 $! || exit 1; sleep 0.05; done
      kill -\(signal) $!; wait $!
      """
    let result = try Executable.launch("/bin/sh", ["-c", script, Executable.path()], in: folder)
    #expect(result.status == status, "\(result.output)\(result.errors)")
    let html = try String(contentsOfFile: "\(folder)/output/n.html", encoding: .utf8)
    #expect(html.contains("Interrupted"))
    #expect(html.hasSuffix("</html>\n"))
  }
}
