import Support

/// Writes a confusion matrix as a table, with errors shaded by their fraction of the true class, or of the predicted
/// class if the matrix is normalised by it.
enum ConfusionMatrixWriter {
  /// The number of shades for errors.
  static let shadeCount = 10

  static func markup(_ matrix: ConfusionMatrix, caption: Markup?) -> Markup {
    let classes = matrix.classes.indices
    let head = classes.markup { "<th scope=\"col\"><span>\(matrix.classes[$0])</span></th>" }
    let rows = classes.markup { row in
      let sum = matrix.rowSum(row)
      let cells = classes.markup { column in
        // Fractions of all images are too small for the shades.
        let part =
          matrix.normalization == .pred
          ? matrix.share(row, column) ?? 0 : sum > 0 ? Double(matrix.count(row, column)) / sum : 0
        let kind: Markup = row == column ? " class=\"hit\"" : shade(part)
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
      <div class="scroll" tabindex="0" role="group" aria-label="Confusion matrix"><table class="confusion">
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

  private static func share(_ value: Double?) -> String { value.map { Number.percent($0) } ?? "–" }
}
