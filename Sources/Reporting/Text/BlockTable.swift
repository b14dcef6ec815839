import Support
import TrainingRecords

extension ReportBlock {
  /// The block as a plain table, for formats that support nothing else; `nil` for text, figures and galleries.
  public var table: Table? {
    switch self {
    case .table(let table): return table
    case .checklist(let requirements): return Table(requirements)
    case .trainingLog(let log): return log.rows.isEmpty ? nil : Table(log, log.rows.indices.map { $0 })
    case .confusionMatrix(let matrix): return Table(matrix)
    case .text, .longText, .preformatted, .layers, .message, .facts, .figure, .gallery, .problem: return nil
    }
  }
}

extension TrainingLog {
  /// Selected epochs as a table: the first, new bests among the last, and the last.
  public var highlightTable: Table { Table(self, highlights) }
}

extension Table {
  fileprivate init(_ requirements: [Requirement]) {
    self.init(
      headers: ["Outcome", "Requirement", "Required", "Found"],
      rows: requirements.map { item in
        let outcome = item.passed.map { $0 ? "Pass" : "Fail" } ?? "Not checked"
        return [outcome, item.title, item.required, item.found]
      })
  }

  fileprivate init(_ log: TrainingLog, _ indices: [Int]) {
    let metric = log.rows.metric
    self.init(
      headers: [
        "Epoch", "Train loss", "Train \(metric.name)", sentenceCase(log.rows.evaluated("loss")),
        sentenceCase(log.rows.evaluated(metric.name)), "Learning rate", "Time", "New best",
      ],
      alignments: Array(repeating: .right, count: 7),
      rows: indices.map { index in
        let row = log.rows[index]
        return [
          "\(row.epoch)", Number.fixed(row.trainLoss, 4), metric.cell(row.train),
          Number.fixed(row.evaluation.loss, 4), metric.cell(row.evaluation),
          Number.text(row.learningRate, significant: 4),
          Number.duration(row.seconds), row.isBest ? "best" : "",
        ]
      })
  }

  /// Creates a table with true classes as rows and predictions as columns.
  fileprivate init(_ matrix: ConfusionMatrix) {
    self.init(
      headers: ["True class"] + matrix.classes + ["Recall"],
      alignments: [.left] + Array(repeating: .right, count: matrix.classes.count + 1),
      rows: matrix.classes.indices.map { row in
        [matrix.classes[row]] + matrix.classes.indices.map { matrix.plainText(row, $0) }
          + [matrix.recall(row).map { Number.percent($0) } ?? "–"]
      } + [
        ["Precision"] + matrix.classes.indices.map { matrix.precision($0).map { Number.percent($0) } ?? "–" }
          + [""]
      ], caption: matrix.caption)
  }
}
