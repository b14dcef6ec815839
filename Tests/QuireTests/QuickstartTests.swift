import Foundation
import TestSupport
import Testing

@Suite struct QuickstartTests {
  /// The first steps of a new user.
  @Test func theQuickstartBecomesOneSelfContainedPage() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Executable.run(
      ["run", "notebooks/quickstart.md", "-p", "epochs=2", "-p", "width=8", "--output", folder])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("Epoch  2/2 | Train: "))
    #expect(result.output.contains("Report: \(folder)/quickstart.html"))
    #expect(!result.output.contains("\u{1B}"), "escape codes in a file")

    let html = try String(contentsOfFile: "\(folder)/quickstart.html", encoding: .utf8)
    #expect(html.hasPrefix("<!doctype html>"))
    #expect(html.contains("Quire in a minute"))
    #expect(html.contains("default-src &#39;none&#39;"))
    #expect(html.contains("<svg"))
    #expect(html.contains("data:image/png;base64,"))
    #expect(html.contains("AdaptiveAvgPool2d-"))
    // The page makes no network requests.
    for attribute in ["src=\"http", "href=\"http://", "url(http", "@import", "<link rel=\"stylesheet\""] {
      #expect(!html.contains(attribute), "\(attribute)")
    }
    let history = try String(contentsOfFile: "\(folder)/quickstart/history.csv", encoding: .utf8)
    #expect(history.split(separator: "\n").count == 3)
    for name in ["train_history.png", "train_history.svg", "run.json", "checkpoints/last.safetensors"] {
      #expect(FileManager.default.fileExists(atPath: "\(folder)/quickstart/\(name)"), "\(name)")
    }
  }

  /// A teacher's page: a folder of mixed PNG and JPEG files of different sizes goes to a report with predictions.
  @Test func aFolderOfPhotographsBecomesAReportInUnderTenLines() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try String(
      contentsOfFile: "\(Executable.repository)/notebooks/your-images.md", encoding: .utf8)
    let cells = text.components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "```")[0].split(separator: "\n").filter { !$0.hasPrefix("//|") }
    }
    #expect(cells.count == 3 && cells.reduce(0) { $0 + $1.count } < 10)
    let result = try Executable.run(["run", "notebooks/your-images.md", "--output", folder])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let html = try String(contentsOfFile: "\(folder)/your-images.html", encoding: .utf8)
    for name in ["house-1.jpg: house", "sun-1.jpg: sun", "tree-2.jpg: tree"] {
      #expect(html.contains("your-images/new/\(name)"), "\(name)")
    }
  }

  @Test func jsonIsTheOnlyThingOnStandardOutput() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "```swift\nprint(\"hello\")\n```\n".write(
      toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let result = try Executable.run(["run", "n.md", "--json"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(object?["status"] as? String == "finished")
  }

  /// The page on fine-tuning runs, with the head that is left out and the layers that are frozen.
  @Test func theFineTuningNotebookRuns() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Executable.run(
      [
        "run", "notebooks/fine-tune.md", "-p", "pretrainEpochs=1", "-p", "epochs=1", "-p", "width=2", "-p",
        "pretrainImages=200", "-p", "fewImages=50", "--output", folder,
      ])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("of Student loaded from teacher.safetensors"))
    let html = try String(contentsOfFile: "\(folder)/fine-tune.html", encoding: .utf8)
    #expect(html.contains("5 of 131 parameters are trained") || html.contains("parameters are trained"))
  }

  @Test func everyShippedNotebookChecks() throws {
    for name in ["quickstart", "cifar10", "two-moons", "your-images", "fine-tune", "ablation", "regression"] {
      let notebook = "notebooks/\(name).md"
      let result = try Executable.run(["check", notebook])
      #expect(result.status == 0, "\(notebook): \(result.errors)")
    }
  }

  /// A page for a class: with the data, it runs; without, it says how to get the data.
  @Test func theFashionNotebookNeedsOneCommandForItsData() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try IDXFiles(train: 200, test: 50).write(to: "\(folder)/fashion-mnist")
    let notebook = "notebooks/fashion-mnist.md"
    let result = try Executable.run(
      [
        "run", notebook, "--data", folder, "--output", "\(folder)/output", "-p", "epochs=2", "-p",
        "batchSize=20",
      ])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let html = try String(contentsOfFile: "\(folder)/output/fashion-mnist.html", encoding: .utf8)
    #expect(html.contains("28×28 pixels") && html.contains("Ankle boot"))

    let missing = try Executable.run(["check", notebook, "--data", "\(folder)/output"])
    #expect(missing.status == 2)
    #expect(
      missing.errors.contains(
        "error: Fashion-MNIST not found; looked in \(folder)/output; get it with: quire data fetch fashion-mnist"
      ),
      "\(missing.output)\(missing.errors)")
  }
}
