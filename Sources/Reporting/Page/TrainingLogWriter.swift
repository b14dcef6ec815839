import Support
import TrainingRecords

/// Writes a training as a table of selected epochs, followed by all epochs and the printed log, folded.
enum TrainingLogWriter {
  /// The maximum number of epochs that are all printed.
  private static let printedEpochs = 60

  static func markup(_ log: TrainingLog, caption: Markup?) -> Markup {
    let shown = log.highlights
    let title = log.rows.isEmpty ? "No epoch finished." : nil
    let empty: Markup = title.map { "<p>\($0)</p>\n" } ?? ""
    let summary: Markup =
      log.rows.isEmpty ? "" : table(rows(log, shown), log.rows, caption: caption, label: "Training log")
    let all: Markup =
      shown.count == log.rows.count
      ? ""
      : """
      <details class="more all"><summary>All \(log.rows.count) epochs</summary>
      \(table(rows(log, log.listed), log.rows, caption: nil, label: "All epochs"))</details>

      """
    let verbatim: Markup =
      log.text.isEmpty
      ? ""
      : """
      <details class="more verbatim"><summary>Full log</summary>
      \(BlockWriter.console(log.shownText))</details>

      """
    // Paper has no room for hundreds of epochs; it shows the selected ones.
    let kind: Markup = log.rows.count > printedEpochs ? " long" : ""
    return "<div class=\"log\(kind)\">\n\(empty)\(summary)\(all)\(verbatim)</div>\n"
  }

  /// The rows, with a line for those left out between them.
  private static func rows(_ log: TrainingLog, _ indices: [Int]) -> Markup {
    var rows: [Markup] = []
    for (position, index) in indices.enumerated() {
      let skipped = index - (position == 0 ? 0 : indices[position - 1] + 1)
      if skipped > 0 {
        let text = "\(Number.counted(skipped, "epoch")) omitted"
        rows.append("<tr class=\"gap\"><td colspan=\"8\">\(text)</td></tr>\n")
      }
      rows.append(row(log.rows[index], log.rows.metric))
    }
    return rows.markup { $0 }
  }

  private static func table(
    _ rows: Markup, _ epochs: [EpochRecord], caption: Markup?, label: String
  ) -> Markup {
    let metric = epochs.metric
    let title: Markup = caption.map { "<caption>\($0)</caption>\n" } ?? ""
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="\(label)"><table class="epochs right">
      \(title)<thead><tr><th scope="col" rowspan="2">Epoch</th>\
      <th scope="colgroup" class="c" colspan="2">Train</th>\
      <th scope="colgroup" class="c" colspan="2">\(epochs.split?.title ?? "")</th>\
      <th scope="col" rowspan="2">Learning rate</th>\
      <th scope="col" rowspan="2">Time</th><th scope="col" class="note" rowspan="2">New best</th></tr>
      <tr><th scope="col">loss</th><th scope="col">\(metric.name)</th>\
      <th scope="col">loss</th><th scope="col">\(metric.name)</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  private static func row(_ row: EpochRecord, _ metric: Metric) -> Markup {
    let time = Number.duration(row.seconds)
    let rate = Number.text(row.learningRate, significant: 4)
    let best: Markup = row.isBest ? "best" : ""
    let kind: Markup = row.isBest ? " class=\"best\"" : ""
    return """
      <tr\(kind)><td>\(row.epoch)</td><td>\(Number.fixed(row.trainLoss, 4))</td>\
      <td>\(metric.cell(row.train))</td>\
      <td>\(Number.fixed(row.evaluation.loss, 4))</td>\
      <td class="test">\(metric.cell(row.evaluation))</td>\
      <td>\(rate)</td><td>\(time)</td><td class="note">\(best)</td></tr>

      """
  }
}
