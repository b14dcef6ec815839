import Documents
import Foundation
import Steps

/// A run at one moment: everything that its report and run.json are written from.
struct RunSnapshot: Sendable {
  let notebook: CheckedNotebook
  let options: RunOptions
  let settings: RunSettings
  /// The SHA-256 of the notebook as it was read.
  let notebookSHA256: String
  let status: RunStatus
  let steps: [StepRecord]
  /// The values of inline expressions as text.
  let values: [InlineExpression: String]
  /// The position of the last block that the page shows.
  let lastPosition: Int
  let results: Ledger
  /// The run's results before each step, by the step's index.
  let resultsBefore: [Int: Ledger]
  let started: Date
  /// `nil` while the run continues.
  let ended: Date?
  /// The time of the snapshot.
  let updated = Date()

  /// `last updated 2026-11-30 14:03:10 UTC`.
  var lastUpdate: String { Self.lastUpdate(updated) }

  /// The time of a page that was written while a run was in progress. Readers cannot tell whether it still is.
  static func lastUpdate(_ time: Date) -> String {
    let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt)
      .year().month().day().time(includingFractionalSeconds: false)
    return "last updated \(time.formatted(style)) UTC"
  }

  /// The end of the verdict of such a page.
  static let writtenDuringRun = "this page was written while the run was in progress"
}

/// The status of a run.
enum RunStatus: String, Sendable, Codable { case running, finished, failed, interrupted }
