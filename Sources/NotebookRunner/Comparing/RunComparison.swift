import Foundation
import Neural
import Reporting
import Support

/// The comparison of several runs as one page.
struct RunComparison {
  let runs: [ComparedRun]

  /// Runs of the same name get numbers.
  init(_ runs: [ComparedRun]) {
    var runs = runs
    let counts = Dictionary(grouping: runs, by: \.name).mapValues(\.count)
    var seen: [String: Int] = [:]
    for index in runs.indices where counts[runs[index].name, default: 0] > 1 {
      let name = runs[index].name
      seen[name, default: 0] += 1
      runs[index].name = "\(name) (\(seen[name, default: 1]))"
    }
    self.runs = runs
  }

  var report: Report {
    let names = runs.map(\.name).joined(separator: ", ")
    let verdict =
      best.map { index in
        "\(runs[index].name) is the best: \(runs[index].record.bestText ?? "")"
      } ?? "The runs have no metric in common"
    return Report(
      title: "Comparison of \(Number.counted(runs.count, "run"))", description: names,
      verdict: Verdict(.finished, verdict), sections: sections)
  }

  /// The run with the best metric; `nil` if the runs were measured by different metrics or on different images.
  private var best: Int? {
    let measured = runs.indices.compactMap { index in runs[index].record.best.map { (index, $0) } }
    guard measured.count == runs.count, let first = measured.first?.1,
      measured.allSatisfy({ $0.1.metric == first.metric && $0.1.split == first.split })
    else { return nil }
    return measured.reduce(measured[0]) { first.metric.isBetter($1.1.value, than: $0.1.value) ? $1 : $0 }.0
  }

  private var sections: [ReportSection] {
    var sections: [ReportSection] = []
    func add(_ title: String, _ id: String, _ blocks: [ReportBlock]) {
      if !blocks.isEmpty { sections.append(.results(Heading(level: 2, text: title, id: id), blocks)) }
    }
    add("Results", "outcomes", [.table(results)] + (seeds.map { [.table($0)] } ?? []))
    add(
      "What differs", "differences", differences.map { [.table($0)] } ?? [.text("The settings are the same.")]
    )
    add("Curves", "curves", figures.map { .figure($0) })
    add("Confusion matrices", "confusion", ComparedConfusion(runs).blocks)
    add("Code", "code", code)
    return sections
  }

  private var results: Table {
    var table = Table(
      headers: ["Run", "Best", "Last", "Mean of the last 10 epochs", "Parameters", "Training time"],
      alignments: [.left, .right, .right, .right, .right, .right],
      rows: runs.map { run in
        let outcome = run.record.trainings.last?.outcome
        let metric = run.record.best?.metric
        let last = run.epochs.last?.last.flatMap { record in
          metric.flatMap { metric in record.evaluation[metric].map(metric.text) }
        }
        let mean = metric.flatMap { metric in
          outcome?.lastTenMean.map { mean in
            "\(metric.text(mean)) ± \(metric.text(outcome?.lastTenStandardDeviation ?? 0))"
          }
        }
        return [
          run.name, run.record.bestText ?? run.record.status.rawValue, last ?? "", mean ?? "",
          run.record.models.last.map { Number.grouped($0.parameters) } ?? "",
          outcome == nil
            ? "" : Number.duration(run.record.trainings.reduce(0) { $0 + $1.outcome.seconds }),
        ]
      })
    table.marked = best
    if let best { table.rows[best][0] += " (best)" }
    return table
  }

  /// The mean over runs that differ in the seed only; `nil` if there are none.
  private var seeds: Table? {
    let groups = Dictionary(grouping: runs.indices) { index in
      "\(runs[index].record.provenance.notebookSHA256) \(runs[index].record.parameters.sorted { $0.key < $1.key })"
    }
    let rows = groups.values.filter { group in
      // A run that is given twice is no second seed.
      group.count > 1 && Set(group.map { runs[$0].record.provenance.seed }).count == group.count
    }.sorted { $0[0] < $1[0] }.compactMap {
      group -> [String]? in
      let values = group.compactMap { runs[$0].record.best }
      guard values.count == group.count, let metric = values.first?.metric else { return nil }
      let numbers = values.map(\.value)
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(numbers.count - 1)).squareRoot()
      return [
        group.map { runs[$0].name }.joined(separator: ", "),
        "\(metric.text(mean)) ± \(metric.text(deviation))",
      ]
    }
    return rows.isEmpty
      ? nil
      : Table(
        headers: ["Runs that differ in the seed only", "Best, mean ± standard deviation"], rows: rows)
  }

  /// A row for each setting that is not the same in all runs.
  private var differences: Table? {
    let names = Set(runs.flatMap { $0.record.parameters.keys }).sorted()
    var rows = names.map { name in [name] + runs.map { $0.record.parameters[name] ?? "–" } }
    func add(_ name: String, _ value: (RunProvenance) -> String?) {
      rows.append([name] + runs.map { value($0.record.provenance) ?? "–" })
    }
    add("Seed") { "\($0.seed)" }
    add("Precision", \.precision)
    add("Notebook") { String($0.notebookSHA256.prefix(12)) }
    add("Data") { $0.datasetSHA256.map { String($0.prefix(12)) } }
    add("Commit") { $0.commit.map { String($0.prefix(12)) } }
    add("Quire", \.quire)
    add("Processor", \.processor)
    add("Instruction set", \.instructionSet)
    let different = rows.filter { Set($0.dropFirst()).count > 1 }
    return different.isEmpty ? nil : Table(headers: ["Setting"] + runs.map(\.name), rows: different)
  }

  private var figures: [Figure] {
    let curves = runs.compactMap { run in
      run.epochs.last.flatMap { $0.isEmpty ? nil : ComparisonChart.Run(run.name, rows: $0) }
    }
    guard curves.count > 1 else { return [] }
    return [
      ComparisonChart(runs: curves).figure(
        name: "compare_evaluated", caption: "The evaluated images, per epoch."),
      ComparisonChart(runs: curves, images: .train).figure(
        name: "compare_train", caption: "The training images, measured during training, per epoch."),
    ]
  }

  /// The cells and the prose of each run that differ from the first run's.
  private var code: [ReportBlock] {
    guard let first = runs.first?.version else { return [] }
    let old = Dictionary(first.cells.map { ($0.name, $0.code) }) { first, _ in first }
    return runs.dropFirst().flatMap { run -> [ReportBlock] in
      guard let version = run.version else { return [] }
      let names = Set(version.cells.map(\.name))
      let missing = first.cells.filter { !names.contains($0.name) }.map { ($0.name, $0.code, "") }
      var changed = version.cells.map { ($0.name, old[$0.name] ?? "", $0.code) } + missing
      changed.append(
        ("prose", first.prose.joined(separator: "\n"), version.prose.joined(separator: "\n")))
      return changed.filter { $0.1 != $0.2 }.map { name, before, now in
        .preformatted(
          title: "\(name): \(runs[0].name) (−) and \(run.name) (+)",
          text: LineDiff.text(Self.lines(before), Self.lines(now)).joined(separator: "\n"))
      }
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension NotebookRunner {
  /// Compares runs on one self-contained page.
  ///
  ///     try NotebookRunner.compare(["cifar10#1", "cifar10#2"], to: "comparison.html")
  ///
  /// - Parameters:
  ///   - references: reports (`.html`), runs of a notebook's history (`cifar10#3`), or notebooks for their last runs.
  ///   - destination: the page to write.
  ///   - output: the folder with the history.
  ///   - theme: the path of a style sheet for the page.
  /// - Throws: ``ComparisonProblem``, ``EmbeddedRunProblem`` or `FileError`.
  public static func compare(
    _ references: [String], to destination: String, output: String = "output", theme: String? = nil
  ) throws {
    let theme = theme.map { ThemeFile($0, at: nil) }
    if let problem = theme?.problem { throw ComparisonProblem.theme(problem.rendered(in: theme?.source)) }
    guard references.count > 1 else { throw ComparisonProblem.tooFew(references.count) }
    KilledRuns.settle(output: output)
    let runs = try references.map { try ComparedRun($0, output: output) }
    var report = RunComparison(runs).report
    report.theme = theme?.theme
    try AtomicFile.write(report.html(), to: destination)
  }
}
