import Foundation
import Neural
import Reporting
import Support

/// The results of a sweep (table, curves, best run), read from the runs' own files.
struct SweepView {
  struct Row {
    var run: PlannedRun
    var status: SweepManifest.Status
    var error: String?
    var result: SweepResult?
    var link: String?

    /// The figures to compare; an unfinished run has none.
    var metrics: TrainingMetrics? { status == .finished ? result?.metrics : nil }
  }

  /// The runs with the same parameters, which differ only in their seed.
  struct Group {
    var values: [(name: String, value: String)]
    var rows: [Row]

    var accuracies: [Double] { rows.compactMap { $0.metrics?.best } }
    var accuracy: Statistics? { Statistics(accuracies) }
  }

  let sweep: Sweep
  let rows: [Row]
  /// The names of the parameters that differ between runs, in order.
  let differing: [String]
  let best: Int?
  /// The runs grouped by parameters, if there are several seeds.
  let groups: [Group]

  init(_ sweep: Sweep) {
    self.sweep = sweep
    let rows = zip(sweep.plan.runs, sweep.manifest.runs).map { run, entry in
      let isRead = entry.status != .pending && entry.status != .running
      return Row(
        run: run, status: entry.status, error: entry.error,
        result: isRead ? SweepResult(directory: sweep.folder.results(run)) : nil,
        link: isRead ? sweep.folder.link(run) : nil)
    }
    self.rows = rows
    let first = rows.first?.run.values ?? []
    differing = first.indices.filter { column in
      rows.contains { $0.run.values[column].value != first[column].value }
    }.map { first[$0].name }
    best = TrainingMetrics.best(of: rows.map(\.metrics))
    var groups: [Group] = []
    let seeds = sweep.plan.seeds.count
    if seeds > 1 {
      for start in stride(from: 0, to: rows.count, by: seeds) {
        let members = Array(rows[start..<min(start + seeds, rows.count)])
        groups.append(Group(values: Array(members[0].run.values.dropLast()), rows: members))
      }
    }
    self.groups = groups
  }

  /// The metric that decides which run is best.
  var metric: Metric {
    rows.lazy.compactMap(\.metrics).first { $0.best != nil }?.metric ?? .accuracy
  }

  /// The images that all finished runs were evaluated on; `nil` if they differ: then no run is the best.
  var split: Split? { TrainingMetrics.split(of: rows.map(\.metrics)) }

  /// Whether finished runs were evaluated on different images.
  var isMixed: Bool { split == nil && rows.contains { $0.metrics?.split != nil } }

  /// A quantity with the images that it was measured on: `validation accuracy`; without them if they differ.
  func evaluated(_ quantity: String) -> String { split.map { "\($0.rawValue) \(quantity)" } ?? quantity }

  var bestGroup: Int? {
    var best: (mean: Double, index: Int)?
    if isMixed { return nil }
    for (index, group) in groups.enumerated() {
      guard let mean = group.accuracy?.mean, mean.isFinite else { continue }
      if best.map({ metric.isBetter(mean, than: $0.mean) }) ?? true { best = (mean, index) }
    }
    return best?.index
  }

  // MARK: Names

  /// The values that distinguish a run: `lr 0.1, width 4`.
  func name(_ values: [(name: String, value: String)]) -> String {
    let shown = values.filter { differing.contains($0.name) }
    return (shown.isEmpty ? values : shown).map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }

  /// The parameters that are equal in all runs.
  var shared: [(name: String, value: String)] {
    (rows.first?.run.values ?? []).filter { !differing.contains($0.name) }
  }

  // MARK: Tables

  /// One row per run, in the given order.
  var table: Table {
    let names = differing.isEmpty ? ["Run"] : differing
    let alignments = differing.isEmpty ? [.left] : names.map(alignment)
    let figures = TrainingMetrics.headers(metric, on: split).dropFirst()
    var table = Table(
      headers: names + figures + ["Parameters", ""],
      alignments: alignments + figures.map { _ in .right } + [.right],
      rows: rows.enumerated().map { index, row in
        let settings =
          differing.isEmpty
          ? [name(row.run.values)]
          : row.run.values.filter { differing.contains($0.name) }.map(\.value)
        let metrics = (row.result?.metrics ?? TrainingMetrics(rows: [])).cells.dropFirst()
        let parameters = row.result?.parameterCount.map(Number.grouped) ?? "–"
        return settings + metrics + [parameters, note(index)]
      })
    table.marked = best
    table.isSortable = true
    for (index, row) in rows.enumerated() {
      guard let path = row.link else { continue }
      table.links[index] = Table.Link(path: path, label: "Report of \(name(row.run.values))")
    }
    return table
  }

  private func note(_ index: Int) -> String {
    switch rows[index].status {
    case .finished:
      isMixed ? rows[index].metrics?.split.map { "on \($0.images)" } ?? "" : index == best ? "best" : ""
    case .failed: "failed"
    case .interrupted: "interrupted"
    case .running: "not finished"
    case .pending: "not started"
    }
  }

  /// Mean and standard deviation over the seeds; `nil` if there is only one seed.
  var groupTable: Table? {
    guard !groups.isEmpty else { return nil }
    let names = sweep.plan.names.filter { differing.contains($0) }
    let best = bestGroup
    var table = Table(
      headers: (names.isEmpty ? ["Runs"] : names) + [
        "Best \(evaluated(metric.name))", "Last \(evaluated("loss"))", "Seeds", "",
      ],
      alignments: (names.isEmpty ? [.left] : names.map(alignment)) + [.right, .right, .right],
      rows: groups.enumerated().map { index, group in
        let values = group.values.filter { names.contains($0.name) }.map(\.value)
        let losses = Statistics(group.rows.compactMap { $0.metrics?.lastLoss })
        return (values.isEmpty ? ["all"] : values) + [
          group.accuracy?.text(of: metric) ?? "–",
          losses?.loss ?? "–",
          "\(group.accuracies.count) of \(group.rows.count)", index == best ? "best" : "",
        ]
      })
    table.marked = best
    table.isSortable = true
    return table
  }

  /// Numbers are aligned on the right.
  private func alignment(of name: String) -> Table.Alignment {
    let values = rows.compactMap { row in row.run.values.first { $0.name == name }?.value }
    return values.allSatisfy { Double($0) != nil } ? .right : .left
  }
}

/// The mean and standard deviation (n − 1) of a few numbers.
struct Statistics: Sendable, Hashable {
  var mean: Double
  var deviation: Double
  var count: Int

  /// `nil` for an empty array.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0
    count = values.count
  }

  /// Values of a metric, as `87.02% ± 0.31%`; without ± for a single number.
  func text(of metric: Metric) -> String { text { metric.text($0) } }

  /// Losses as `0.4417 ± 0.0102`; without ± for a single number.
  var loss: String { text { Number.fixed($0, 4) } }

  private func text(_ number: (Double) -> String) -> String {
    number(mean) + (count > 1 ? " ± \(number(deviation))" : "")
  }
}
