import Foundation
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

  @Test func everyShippedNotebookChecks() throws {
    for notebook in ["notebooks/quickstart.md", "notebooks/cifar10.md", "notebooks/ablation.md"] {
      let result = try Executable.run(["check", notebook])
      #expect(result.status == 0, "\(notebook): \(result.errors)")
    }
  }
}
