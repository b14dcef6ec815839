import Neural
import Steps
import Support

/// A figure of a report beside that of a second run.
public struct VerifiedFigure: Sendable, Hashable {
  /// How the two values compare.
  public enum Agreement: String, Sendable, Hashable {
    /// The same number, to the last bit.
    case equal
    /// Different numbers within the tolerance.
    case close
    /// Numbers that differ by more than the tolerance, or a number that only one of the runs has.
    case different
  }

  /// The figure's name, for example `training 1: bestTestAccuracy`.
  public let name: String
  /// The report's value; `nil` if the report has none.
  public let reported: Double?
  /// The value of the second run; `nil` if it has none.
  public let found: Double?
  /// How the values compare.
  public let agreement: Agreement

  /// Compares two values.
  ///
  /// - Parameter tolerance: the largest accepted difference; for values above 1 in proportion to them.
  init(_ name: String, _ reported: Double?, _ found: Double?, tolerance: Double) {
    (self.name, self.reported, self.found) = (name, reported, found)
    guard let reported, let found else {
      agreement = .different
      return
    }
    let isSame = reported.bitPattern == found.bitPattern || (reported.isNaN && found.isNaN)
    let scale = max(1, abs(reported), abs(found))
    agreement = isSame ? .equal : abs(reported - found) <= tolerance * scale ? .close : .different
  }

  /// Compares the figures of two runs: of their trainings and evaluations, in the report's order. Times are not
  /// compared.
  static func compare(_ report: RunRecord, _ second: RunRecord, tolerance: Double) -> [VerifiedFigure] {
    let (left, right) = (figures(report), figures(second))
    let found = Dictionary(right) { first, _ in first }
    let reported = Set(left.map(\.0))
    return left.map { VerifiedFigure($0.0, $0.1, found[$0.0], tolerance: tolerance) }
      + right.filter { !reported.contains($0.0) }
      .map { VerifiedFigure($0.0, nil, $0.1, tolerance: tolerance) }
  }

  private static func figures(_ record: RunRecord) -> [(String, Double)] {
    var figures: [(String, Double)] = []
    for (index, training) in record.trainings.enumerated() {
      let name = "training \(index + 1)"
      figures.append(("\(name): epochs", Double(training.outcome.epochs)))
      if let best = training.outcome.bestEpoch { figures.append(("\(name): bestEpoch", Double(best))) }
      figures += training.figures.sorted { $0.key < $1.key }.map { ("\(name): \($0.key)", $0.value) }
      if let score = training.outcome.trainEvaluation {
        figures += values(score, "\(name): trainEvaluation ")
      }
    }
    for (index, evaluation) in record.evaluations.enumerated() {
      figures += values(evaluation.score, "evaluation \(index + 1) (\(evaluation.split.rawValue)): ")
    }
    return figures
  }

  private static func values(_ score: Score, _ name: String) -> [(String, Double)] {
    [("\(name)loss", score.loss)] + zip(score.metrics, score.values).map { ("\(name)\($0.key)", $1) }
  }
}
