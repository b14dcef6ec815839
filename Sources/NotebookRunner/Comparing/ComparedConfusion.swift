import Reporting
import Support

/// The confusion matrices of several runs: where they differ most, and the matrices beside each other.
struct ComparedConfusion {
  /// The number of differences that are listed.
  private static let listed = 20

  private let matrices: [(name: String, matrix: ConfusionMatrix)]

  /// Takes the last evaluation of each run; runs without one are left out.
  init(_ runs: [ComparedRun]) {
    matrices = runs.compactMap { run in
      guard let evaluation = run.record.evaluations.last(where: { $0.confusion != nil }),
        var matrix = evaluation.confusion
      else { return nil }
      matrix.caption = "\(run.name): the \(evaluation.split.rawValue) images, \(evaluation.weights)."
      return (run.name, matrix)
    }
  }

  /// Empty if fewer than two runs have a matrix.
  var blocks: [ReportBlock] {
    guard matrices.count > 1 else { return [] }
    return (differences.map { [.table($0)] } ?? []) + matrices.map { .confusionMatrix($0.matrix) }
  }

  /// The pairs of true and predicted class whose counts differ most; `nil` if the classes are not the same.
  private var differences: Table? {
    guard let first = matrices.first?.matrix, matrices.allSatisfy({ $0.matrix.classes == first.classes })
    else { return nil }
    let classes = first.classes
    let pairs = classes.indices.flatMap { row in
      classes.indices.map { column in
        (row: row, column: column, counts: matrices.map { $0.matrix.count(row, column) })
      }
    }
    let spread = { (counts: [Int]) in (counts.max() ?? 0) - (counts.min() ?? 0) }
    let different = pairs.filter { spread($0.counts) > 0 }.sorted { spread($0.counts) > spread($1.counts) }
    if different.isEmpty { return nil }
    return Table(
      headers: ["True class", "Predicted"] + matrices.map(\.name),
      alignments: [.left, .left] + matrices.map { _ in .right },
      rows: different.prefix(Self.listed).map { pair in
        [
          classes[pair.row],
          pair.row == pair.column ? "\(classes[pair.column]) (correct)" : classes[pair.column],
        ]
          + pair.counts.map { Number.grouped($0) }
      }, caption: "The largest differences between the confusion matrices")
  }
}
