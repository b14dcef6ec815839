import Support

/// Writes a confusion matrix as a table, with errors shaded by their fraction of the true class, or of the predicted
/// class if the matrix is normalised by it. A matrix of many classes is folded below the most frequent errors.
enum ConfusionMatrixWriter {
  /// The number of shades for errors.
  static let shadeCount = 10
  /// The maximum number of classes of a matrix that is not folded.
  static let unfoldedClasses = 20
  /// The number of pairs and of classes that are listed above a folded matrix.
  private static let listed = 20

  static func markup(_ matrix: ConfusionMatrix, caption: Markup?) -> Markup {
    guard matrix.classes.count > unfoldedClasses else { return table(matrix, caption: caption) }
    return """
      <div class="many-classes">
      \(caption.map { "<p class=\"caption\">\($0)</p>\n" as Markup })<div class="beside">
      \(TableWriter.markup(matrix.worstPairs(listed), caption: "The most frequent errors"))\
      \(TableWriter.markup(matrix.worstClasses(listed), caption: "The classes with the lowest recall"))</div>
      <details class="more whole"><summary>Confusion matrix of \(matrix.classes.count) classes</summary>
      \(table(matrix, caption: nil))</details>
      </div>

      """
  }

  private static func table(_ matrix: ConfusionMatrix, caption: Markup?) -> Markup {
    let classes = matrix.classes.indices
    let head = classes.markup { "<th scope=\"col\"><span>\(matrix.classes[$0])</span></th>" }
    let rows = classes.markup { row in
      let sum = matrix.rowSum(row)
      let cells = classes.markup { column in
        // Fractions of all images are too small for the shades.
        let part =
          matrix.normalization == .pred
          ? matrix.share(row, column) ?? 0 : sum > 0 ? Double(matrix.count(row, column)) / sum : 0
        let isZero = matrix.count(row, column) == 0
        let kind: Markup = row == column ? " class=\"hit\"" : isZero ? " class=\"zero\"" : shade(part)
        return "<td\(kind)>\(matrix.text(row, column))</td>"
      }
      return """
        <tr><th scope="row">\(matrix.classes[row])</th>\(cells)\
        <td class="margin">\(share(matrix.recall(row)))</td></tr>

        """
    }
    let foot = classes.markup { "<td class=\"margin\">\(share(matrix.precision($0)))</td>" }
    let title: Markup = "\(caption ?? "Rows: true class. Columns: predicted class.")"
    return """
      <div class="scroll matrix" tabindex="0" role="group" aria-label="Confusion matrix"><table class="confusion">
      <caption>\(title)</caption>
      <thead><tr><td class="corner">true ↓ predicted →</td>\(head)\
      <th scope="col" class="margin"><span>recall</span></th></tr></thead>
      <tbody>
      \(rows)</tbody>
      <tfoot><tr><th scope="row">precision</th>\(foot)<td></td></tr></tfoot></table></div>

      """
  }

  /// Errors of at least a quarter of a class have the full shade, errors below 1 % none.
  private static func shade(_ share: Double) -> Markup {
    let level = Int((min(share * 4, 1) * Double(shadeCount)).rounded())
    return level > 0 ? " class=\"e\(level)\"" : ""
  }

  fileprivate static func share(_ value: Double?) -> String { value.map { Number.percent($0) } ?? "–" }
}

extension ConfusionMatrix {
  /// The pairs of different classes with the most samples.
  fileprivate func worstPairs(_ count: Int) -> Table {
    let pairs = classes.indices.flatMap { row in classes.indices.map { (row: row, column: $0) } }
      .filter { $0.row != $0.column && self.count($0.row, $0.column) > 0 }
      .sorted { self.count($0.row, $0.column) > self.count($1.row, $1.column) }
    return Table(
      headers: ["True class", "Predicted", "Samples", "Of the class"],
      alignments: [.left, .left, .right, .right],
      rows: pairs.prefix(count).map { pair in
        let errors = self.count(pair.row, pair.column)
        return [
          classes[pair.row], classes[pair.column], Number.grouped(errors),
          ConfusionMatrixWriter.share(rowSum(pair.row) > 0 ? Double(errors) / rowSum(pair.row) : nil),
        ]
      })
  }

  /// The classes with the lowest recall.
  fileprivate func worstClasses(_ count: Int) -> Table {
    let rows = classes.indices.filter { recall($0) != nil }
      .sorted { (recall($0) ?? 0, $0) < (recall($1) ?? 0, $1) }
    return Table(
      headers: ["Class", "Recall", "Precision", "Samples"], alignments: [.left, .right, .right, .right],
      rows: rows.prefix(count).map { row in
        [
          classes[row], ConfusionMatrixWriter.share(recall(row)), ConfusionMatrixWriter.share(precision(row)),
          Number.grouped(Int(rowSum(row))),
        ]
      })
  }
}
