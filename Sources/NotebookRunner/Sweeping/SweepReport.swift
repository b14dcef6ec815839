import Foundation
import Neural
import Reporting
import Support

/// The comparison page of a sweep.
extension SweepView {
  var report: Report {
    let front = sweep.plan.document.frontMatter
    let title = front.title ?? sweep.options.run.name
    return Report(
      title: "Sweep of \(title)", author: front.authors.isEmpty ? nil : front.authors.joined(separator: ", "),
      date: front.date, description: whatWasSwept, verdict: verdict, tiles: tiles, sections: sections,
      provenance: facts, attachments: [Attachment("sweep", json: JSON.text(sweep.manifest))],
      theme: sweep.plan.theme)
  }

  /// `lr 0.1, 0.01 × epochs 2, 5`.
  private var whatWasSwept: String {
    let axes = differing.map { name in
      var values: [String] = []
      for row in rows {
        let value = row.run.values.first { $0.name == name }?.value ?? ""
        if !values.contains(value) { values.append(value) }
      }
      return "\(name) \(values.joined(separator: ", "))"
    }
    let count = "\(rows.count) \(rows.count == 1 ? "run" : "runs")"
    return axes.isEmpty ? count : "\(count): \(axes.joined(separator: " × "))"
  }

  var verdict: Verdict {
    var parts: [String] = []
    let failed = rows.count { $0.status == .failed || $0.status == .interrupted }
    let done = rows.count { $0.status == .finished }
    if sweep.manifest.status == .running || sweep.manifest.status == .interrupted {
      let state =
        sweep.manifest.status == .running ? "Not finished: \(RunSnapshot.lastUpdate(Date()))" : "Interrupted"
      parts.append("\(state), \(done) of \(rows.count) runs finished")
    }
    if sweep.manifest.status != .interrupted, failed > 0 {
      parts.append("\(failed) of \(rows.count) runs failed")
    }
    if let best = bestGroup, let accuracy = groups[best].accuracy {
      let name = groups[best].values.isEmpty ? "" : " with \(self.name(groups[best].values))"
      parts.append(
        "\(metric.unit == .share ? "" : "\(metric.shortName) ")\(accuracy.text(of: metric))\(onImages)\(name), mean of \(accuracy.count) "
          + "\(accuracy.count == 1 ? "seed" : "seeds")")
    } else if let best, let metrics = rows[best].metrics, let value = metrics.best {
      let epoch = metrics.bestEpoch.map { " at epoch \($0)" } ?? ""
      parts.append("best \(metric.namedText(value))\(onImages)\(epoch), with \(name(rows[best].run.values))")
    }
    if isMixed { parts.append("runs evaluated on different images cannot be ranked") }
    if let target { parts.append(Verdicts.target(target.share, of: metric, isMet: target.isMet)) }
    if isEmbedded { parts.append("embedded data") }
    if parts.isEmpty { parts.append("\(done) of \(rows.count) runs finished") }
    var sentence = parts.joined(separator: ", ")
    if sweep.manifest.status == .running {
      sentence += "; this page was written while the sweep was in progress"
    }
    return Verdict(status, sentence.prefix(1).uppercased() + sentence.dropFirst())
  }

  /// ` on the validation images`.
  private var onImages: String { split.map { " on the \($0.images)" } ?? "" }

  private var status: Verdict.Status {
    switch sweep.manifest.status {
    case .running, .pending: return .running
    case .interrupted: return .interrupted
    case .failed: return .error
    case .finished: return Verdict.Status(reachedTarget: target?.isMet)
    }
  }

  /// The target accuracy of the best run's last training, and whether the accuracy in the verdict reaches it: the
  /// run's, or the mean over the seeds.
  private var target: (share: Double, isMet: Bool)? {
    let group = bestGroup.map { groups[$0] }
    let row = group?.rows.first { $0.metrics != nil } ?? best.map { rows[$0] }
    guard let training = row?.result?.record.trainings.last?.outcome, let share = training.target,
      let isMet = group?.accuracy.map({ metric.reaches($0.mean, target: share) }) ?? training.reachedTarget
    else { return nil }
    return (share, isMet)
  }

  private var isEmbedded: Bool { rows.contains { $0.result?.record.dataset?.isEmbedded == true } }

  private var tiles: [Tile] {
    var tiles: [Tile] = []
    if let best = bestGroup, let accuracy = groups[best].accuracy {
      tiles.append(
        Tile(
          "Best mean \(evaluated(metric.name))", metric.text(accuracy.mean),
          note: "± \(metric.text(accuracy.deviation)), \(accuracy.count) seeds"))
    } else if let best, let metrics = rows[best].metrics, let value = metrics.best {
      tiles.append(
        Tile(
          "Best \(evaluated(metric.name))", metric.text(value),
          note: metrics.bestEpoch.map { "epoch \($0)" }))
    }
    let measured = isMixed ? [] : rows.compactMap { $0.metrics?.best }
    if let low = measured.min(), let high = measured.max(), measured.count > 1 {
      // A range of percentages is too wide for a tile.
      tiles.append(
        Tile(
          "Lowest of \(measured.count) runs", metric.text(low),
          note: "highest \(metric.text(high))"))
    }
    let done = rows.count { $0.status == .finished }
    let failed = rows.count { $0.status == .failed || $0.status == .interrupted }
    tiles.append(
      Tile(
        "Runs", "\(done) of \(rows.count)", note: failed > 0 ? "\(failed) failed or interrupted" : "finished")
    )
    let seconds = rows.compactMap { $0.result?.metrics.seconds }.reduce(0, +)
    if seconds > 0 {
      tiles.append(Tile("Training time", Number.duration(seconds), note: "total of all runs"))
    }
    if let data = rows.lazy.compactMap({ $0.result?.record.dataset }).first {
      tiles.append(
        Tile(
          "Data", data.name,
          note: data.isEmbedded ? "embedded, generated" : Number.counted(data.trainImages, "training image")))
    }
    return tiles
  }

  private var sections: [ReportSection] {
    var sections: [ReportSection] = []
    func add(_ title: String, _ id: String, _ blocks: [ReportBlock]) {
      if !blocks.isEmpty { sections.append(.results(Heading(level: 2, text: title, id: id), blocks)) }
    }
    var warnings: [String] = []
    for warning in rows.flatMap({ $0.result?.record.warnings ?? [] }) where !warnings.contains(warning) {
      warnings.append(warning)
    }
    if let groupTable { add("Comparison by parameters", "parameters", [.table(groupTable)]) }
    var runs: [ReportBlock] = warnings.map { .message(.warning, $0) } + [.table(table)]
    if !shared.isEmpty {
      runs.append(.facts(shared.map { Fact($0.name, $0.value, note: "in all runs") }))
    }
    add(groups.isEmpty ? "Runs" : "All runs", "runs", runs)
    add("Effect of the parameters", "effects", parameterFigures.map { .figure($0) })
    add("Curves", "curves", figures.map { .figure($0) })
    add(
      "Failed runs", "failures",
      rows.filter { $0.status == .failed }.map { row in
        let printed = (try? String(contentsOfFile: sweep.folder.errors(row.run), encoding: .utf8)) ?? ""
        let text = printed.isEmpty ? row.error ?? "" : printed.trimmingCharacters(in: .newlines)
        return .problem("\(name(row.run.values))\n\n\(text)")
      })
    return sections
  }

  private var parameterFigures: [Figure] {
    if isMixed { return [] }
    let runs = rows.compactMap { row in
      row.metrics?.best.map { best in
        ParameterCharts.Run(
          Dictionary(row.run.values.map { ($0.name, $0.value) }) { $1 }, best: best)
      }
    }
    return ParameterCharts(
      metric: metric, quantity: evaluated(metric.name), names: sweep.plan.names.filter(differing.contains),
      runs: runs
    ).figures
  }

  /// The finished runs' curves; with several seeds, their means.
  private var figures: [Figure] {
    var runs: [ComparisonChart.Run] = []
    if groups.isEmpty {
      for row in rows where row.status == .finished {
        if let result = row.result, !result.rows.isEmpty {
          runs.append(ComparisonChart.Run(name(row.run.values), rows: result.rows))
        }
      }
    } else {
      for group in groups {
        let mean = Self.mean(group.rows.filter { $0.status == .finished }.compactMap { $0.result?.rows })
        if !mean.isEmpty { runs.append(ComparisonChart.Run(name(group.values), rows: mean)) }
      }
    }
    guard !runs.isEmpty else { return [] }
    let which = groups.isEmpty ? "" : ", averaged over the seeds"
    let many =
      runs.count > ComparisonChart.limit
      ? " Only the best \(ComparisonChart.limit) of \(runs.count) are shown." : ""
    return [
      ComparisonChart(runs: runs).figure(
        name: "sweep_\((split ?? .test).rawValue)",
        caption: "\(metric.title) and loss\(onImages), per epoch\(which).\(many)"),
      ComparisonChart(runs: runs, images: .train).figure(
        name: "sweep_train",
        caption:
          "\(metric.title) and loss on the training images, measured during training with augmentation\(which).\(many)"
      ),
    ]
  }

  /// The mean of each epoch that all runs have.
  private static func mean(_ runs: [[EpochRecord]]) -> [EpochRecord] {
    guard var out = runs.first, let length = runs.map(\.count).min() else { return [] }
    out = Array(out.prefix(length))
    func mean(_ index: Int, _ score: (EpochRecord) -> Score) -> Score {
      func mean(_ value: (Score) -> Double) -> Double {
        runs.reduce(0) { $0 + value(score($1[index])) } / Double(runs.count)
      }
      let metrics = score(out[index]).metrics
      return Score(loss: mean(\.loss), metrics, values: metrics.map { metric in mean { $0[metric] ?? .nan } })
    }
    for index in out.indices {
      (out[index].train, out[index].evaluation) = (mean(index, \.train), mean(index, \.evaluation))
    }
    return out
  }

  private var facts: [Fact] {
    let options = sweep.options.run
    let digest = rows.first?.run.settings.notebookSHA256 ?? ""
    var facts = [
      Fact("Command", RunProvenance.quoted(options.command)),
      Fact("Notebook", options.notebook, note: "SHA-256 \(digest)"),
      Fact(
        sweep.plan.seeds.count > 1 ? "Seeds" : "Seed",
        sweep.plan.seeds.isEmpty
          ? "\(rows.first?.run.settings.seed ?? 0)"
          : sweep.plan.seeds.map(String.init).joined(separator: ", ")),
      Fact("Precision", options.precision.rawValue),
      Fact("Quire", Machine.quire, note: Machine.toolchain),
      Fact("Machine", Machine.processor, note: "\(Machine.instructionSet), \(Machine.system)"),
    ]
    if let data = rows.lazy.compactMap({ $0.result?.record.dataset }).first {
      facts.insert(Fact("Data", data.name, note: "SHA-256 \(data.fingerprint)"), at: 3)
    }
    let paths = LocalPaths(options)
    return facts.map { paths.hidden(in: $0) }
  }
}
