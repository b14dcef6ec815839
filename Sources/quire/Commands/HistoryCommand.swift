import ArgumentParser
import NotebookRunner
import Support

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the past runs of a notebook and what changed between them.",
    discussion: """
      Every run that ends adds a few kilobytes to output/.quire/history/. A run that restores everything from the cache \
      adds nothing.

      Example:
        quire history notebooks/cifar10.md

      Exit status: 0 success; 2 there is no history.
      """)

  @Argument(
    help: "Path or name of the notebook (default: all notebooks)", completion: .file(extensions: ["md"]))
  var notebook: String?

  @Option(name: .long, help: .output)
  var output: String = "output"

  @Flag(name: .long, help: "Print the runs as JSON")
  var json = false

  func run() throws {
    let names = notebook.map { [$0] } ?? NotebookRunner.notebooksWithHistory(output: output)
    let runs = names.map { (name: $0, runs: NotebookRunner.history(of: $0, output: output)) }
      .filter { !$0.runs.isEmpty }
    guard !runs.isEmpty else {
      let what = notebook.map { "'\($0)' has no past runs" } ?? "there are no past runs"
      Console.error("error: \(what) in \(output)/.quire/history/; 'quire run' adds one when it ends")
      throw ExitCode(2)
    }
    if json {
      Console.raw(JSON.text(Dictionary(runs.map { ($0.name, $0.runs) }) { first, _ in first }))
      return
    }
    for (index, (name, runs)) in runs.enumerated() {
      if index > 0 { Console.out("") }
      Console.out("\(name): \(Number.counted(runs.count, "run"))")
      for line in HistoryText.lines(runs) { Console.out(line) }
    }
  }
}

/// Past runs as text, the newest first.
enum HistoryText {
  /// Two lines a run: the outcome, and what changed since the run before.
  static func lines(_ runs: [PastRun]) -> [String] {
    let cells = runs.reversed().map { run in
      [
        "\(run.number)", String(run.time.prefix(16)).replacing("T", with: " "), run.best ?? run.status,
        run.best == nil || run.status == "finished" ? "" : run.status,
        run.seconds.map { Number.duration($0) } ?? "",
        run.commit.map { String($0.prefix(7)) } ?? "",
      ]
    }
    let columns = cells.first?.indices ?? 0..<0
    let widths = columns.map { column in cells.map { $0[column].terminalColumns }.max() ?? 0 }
    return zip(cells, runs.reversed()).flatMap { row, run in
      let line =
        "  " + row[0].leftPadded(to: widths[0]) + "  "
        + columns.dropFirst().map { row[$0].padded(to: widths[$0]) }.filter { !$0.isEmpty }.joined(
          separator: "  ")
      let trimmed = String(line.reversed().drop { $0 == " " }.reversed())
      return run.changes.isEmpty
        ? [trimmed]
        : [
          trimmed,
          "  \(String(repeating: " ", count: widths[0]))  changed: \(run.changes.joined(separator: ", "))",
        ]
    }
  }
}
