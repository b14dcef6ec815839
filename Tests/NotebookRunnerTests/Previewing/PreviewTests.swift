import Foundation
import Synchronization
import Testing

@testable import NotebookRunner

/// A preview without a browser: what a tab would show after the notebook is saved.
@Suite struct PreviewTests {
  /// A notebook in a preview that has run it once.
  private final class Editor {
    let bench: NotebookBench
    let preview: NotebookPreview
    private(set) var text: String

    init(_ text: String = smallNotebook, worthAsking: Double = 1_000) async throws {
      bench = try NotebookBench(text)
      self.text = text
      preview = NotebookPreview(bench.options(), display: bench.display, worthAsking: worthAsking) { nil }
      preview.start()
      await wait { $0.contains("\"outcome\":\"finished\"") && $0.contains("\"phase\":\"idle\"") }
    }

    deinit { preview.end() }

    func save(_ old: String, _ new: String) throws {
      text = text.replacingOccurrences(of: old, with: new)
      try text.write(toFile: "\(bench.folder)/n.md", atomically: true, encoding: .utf8)
    }

    /// All that the page shows, as one text.
    var shown: String { preview.board.news(since: 0)?.json ?? "" }
    var page: String {
      let page = preview.board.page
      return page.order.map { page.parts[$0] ?? "" }.joined(separator: "\n")
    }

    /// Waits without a limit: a slow machine is not an error.
    func wait(until isTrue: (String) -> Bool) async {
      for await _ in preview.board.changes() where isTrue(shown) { return }
    }

    /// Waits, without a limit too, for something that is not on the board.
    func poll(until isTrue: () -> Bool) async throws {
      while !isTrue() { try await Task.sleep(for: .milliseconds(20)) }
    }

    var isIdle: (String) -> Bool {
      { $0.contains("\"phase\":\"idle\"") && $0.contains("\"isChecking\":false") }
    }
  }

  @Test func theFirstRunShowsTheReport() async throws {
    let editor = try await Editor()
    #expect(editor.page.contains("There were 2 epochs"))
    #expect(editor.page.contains("id=\"cell-training\""))
    #expect(FileManager.default.fileExists(atPath: "\(editor.bench.folder)/output/n.html"))
  }

  @Test func newProseIsShownAndNothingIsTrainedAgain() async throws {
    let editor = try await Editor()
    editor.bench.display.clear()
    try editor.save("# Small", "# Rather large")
    await editor.wait { $0.contains("Rather large") }
    await editor.wait(until: editor.isIdle)
    #expect(!editor.bench.display.lines.contains { $0.hasPrefix("Epoch") })
  }

  @Test func theReportFollowsTheProse() async throws {
    let editor = try await Editor()
    try editor.save("# Small", "# Rather large")
    try await editor.poll { editor.bench.report.contains("Rather large") }
  }

  @Test func anErrorStandsAtItsCellAndTheLastPageStays() async throws {
    let editor = try await Editor()
    let before = editor.page
    try editor.save("epochs: epochs", "epochz: epochs")
    await editor.wait { $0.contains("\"errors\":1") && $0.contains("error-1") }
    let order = editor.preview.board.page.order
    let error = try #require(order.firstIndex(of: "error-1"))
    #expect(order.dropFirst(error + 1).first == "cell-training")
    let text = try #require(editor.preview.board.page.parts["error-1"])
    #expect(text.contains("epochz") && text.contains("^"))
    #expect(editor.page.replacingOccurrences(of: text, with: "").contains("There were"))
    try editor.save("epochz: epochs", "epochs: epochs")
    await editor.wait { $0.contains("\"errors\":0") && !$0.contains("error-1") }
    await editor.wait(until: editor.isIdle)
    #expect(editor.page == before || editor.page.contains("from cache"))
  }

  @Test func newCodeIsRun() async throws {
    let editor = try await Editor()
    try editor.save("let epochs = 2", "let epochs = 3")
    await editor.wait { $0.contains("There were 3 epochs") }
    try await editor.poll { (editor.bench.file("n/history.csv") ?? "").contains("\n3,") }
  }

  @Test func aTrainingThatWouldBeRepeatedIsAskedFor() async throws {
    let editor = try await Editor(worthAsking: 0)
    editor.bench.display.clear()
    try editor.save("let rate = 0.01", "let rate = 0.02")
    await editor.wait { $0.contains("This edit trains again") }
    #expect(editor.shown.contains("\"anchor\":\"cell-training\""))
    #expect(!editor.bench.display.lines.contains { $0.hasPrefix("Epoch") })
    // The reader keeps the results; then runs it after all.
    let number = try #require(editor.shown.firstMatch(of: /"number":(\d+)/)?.1)
    editor.preview.send(.answer(question: Int(number) ?? 0, runs: false))
    await editor.wait { $0.contains("\"question\":null") }
    #expect(!editor.bench.display.lines.contains { $0.hasPrefix("Epoch") })
    editor.preview.send(.run)
    await editor.wait { !$0.contains("\"isEdited\":true") && editor.isIdle($0) }
    #expect(editor.bench.display.lines.contains { $0.hasPrefix("Epoch") })
  }

  @Test func undoingAnEditBringsTheResultsBackWithoutTraining() async throws {
    let editor = try await Editor()
    try editor.save("let rate = 0.01", "let rate = 0.02")
    await editor.wait {
      $0.contains("\"value\":\"0.02\"") && !$0.contains("\"isEdited\":true") && editor.isIdle($0)
    }
    editor.bench.display.clear()
    try editor.save("let rate = 0.02", "let rate = 0.01")
    await editor.wait {
      $0.contains("\"value\":\"0.01\"") && !$0.contains("\"isEdited\":true") && editor.isIdle($0)
    }
    #expect(!editor.bench.display.lines.contains { $0.hasPrefix("Epoch") })
  }

  @Test func parametersCanBeReplacedAndWritten() async throws {
    let editor = try await Editor()
    #expect(editor.shown.contains("\"name\":\"epochs\"") && editor.shown.contains("1 to 100,000"))
    editor.preview.send(.set(["epochs": "1", "rate": "0.5"]))
    await editor.wait { $0.contains("\"isReplaced\":true") && editor.isIdle($0) }
    editor.preview.send(.writeParameters)
    func notebook() -> String {
      (try? String(contentsOfFile: "\(editor.bench.folder)/n.md", encoding: .utf8)) ?? ""
    }
    await editor.wait { !$0.contains("\"isReplaced\":true") && editor.isIdle($0) }
    #expect(
      notebook()
        == smallNotebook.replacingOccurrences(of: "let epochs = 2", with: "let epochs = 1")
        .replacingOccurrences(of: "let rate = 0.01", with: "let rate = 0.5"))
  }

  @Test func aTextThatTheNotebookTellsApartIsAChoice() throws {
    let notebook = """
      ```swift parameters
      let scheme = "other"
      let name = "plain"
      let kind = "b"
      ```

      ```swift
      switch scheme {
      case "constant", "none": print(1)
      case "cosine" where name.count > 2: print(2)
      default: print(name)
      }
      let size = switch kind { case "a": 1; case "b": 2; default: 3 }
      print(size)
      ```
      """
    let version = CheckedVersion(Array(notebook.utf8), number: 1, RunOptions(notebook: "n.md")) { _ in }
    let fields = try #require(version.notebook.map(ParameterField.all), "\(version.errors)")
    #expect(fields.map(\.kind) == [.choice, .text, .choice])
    #expect(fields.map(\.choices) == [["other", "constant", "none", "cosine"], nil, ["a", "b"]])
  }

  @Test func aParameterOutOfRangeIsAnErrorAndNothingRuns() async throws {
    let editor = try await Editor()
    editor.bench.display.clear()
    editor.preview.send(.set(["epochs": "0"]))
    await editor.wait { $0.contains("\"errors\":1") }
    #expect(editor.shown.contains("error-1"))
    #expect(!editor.bench.display.lines.contains { $0.hasPrefix("[") })
  }

  @Test func runFromHereRunsTheStepsAgain() async throws {
    let editor = try await Editor()
    editor.bench.display.clear()
    editor.preview.send(.runFrom(anchor: "cell-curves"))
    try await editor.poll { editor.bench.display.lines.contains("[4/4] curves") }
    #expect(editor.bench.display.lines.contains("[3/4] training: restored"))
  }

  @Test func withoutRunOnSaveNothingRunsUntilAsked() async throws {
    let editor = try await Editor()
    editor.preview.send(.runOnSave(false))
    await editor.wait { $0.contains("\"runsOnSave\":false") }
    editor.bench.display.clear()
    try editor.save("let rate = 0.01", "let rate = 0.03")
    await editor.wait { $0.contains("\"isEdited\":true") && $0.contains("0.03") && editor.isIdle($0) }
    #expect(editor.page.contains("edited; results of the earlier code"))
    #expect(!editor.bench.display.lines.contains { $0.hasPrefix("[") })
  }
}
