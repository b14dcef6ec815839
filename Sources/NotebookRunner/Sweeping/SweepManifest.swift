import Foundation
import Neural
import Support

/// `sweep.json`: the runs of a sweep with their states. Written before and after every run.
struct SweepManifest: Codable, Sendable {
  enum Status: String, Codable, Sendable { case pending, running, finished, failed, interrupted }

  struct Run: Codable, Sendable {
    var folder: String
    var status: Status
    var settings: RunIdentity
    var error: String?
    /// Copied from the run's own files for readers of this one.
    var metric: String?
    var split: Split?
    var best: Double?
    var bestEpoch: Int?
    var seconds: Double?
  }

  var notebook: String
  var status: Status
  /// The parameters, in the given order.
  var parameters: [String]
  var seeds: [UInt64]
  /// The runs of the sweep, in order.
  var runs: [Run]
  /// Runs of earlier sweeps of the notebook in the same folder.
  var earlier: [Run]

  /// Reads the manifest; `nil` if there is none or it is unreadable.
  static func read(_ path: String) -> SweepManifest? {
    guard let bytes = try? FileBytes.read(path, limit: 64 << 20) else { return nil }
    return try? JSON.decoder.decode(SweepManifest.self, from: Data(bytes))
  }

  /// All known runs, by folder.
  var known: [String: Run] { Dictionary((earlier + runs).map { ($0.folder, $0) }) { $1 } }
}

/// The decision whether to start a run of a sweep, with the reason.
enum SweepDecision: Sendable, Hashable {
  case done
  case run(because: String)

  /// Compares a run with what an earlier sweep left.
  ///
  /// - Parameters:
  ///   - known: the manifest's entry for the run's folder.
  ///   - record: the run.json in the folder.
  init(_ wanted: RunIdentity, known: SweepManifest.Run?, record: RunRecord?, isFresh: Bool) {
    self = Self.reason(wanted, known, record, isFresh).map { .run(because: $0) } ?? .done
  }

  /// The message for the terminal, once the run has left its record.
  func text(of record: RunRecord?) -> String {
    guard case .run(let because) = self else { return "already finished" }
    let steps = record?.steps.filter { $0.status != StepRecord.Status.skipped.rawValue } ?? []
    let restored = steps.count { $0.status == RunRecord.Step.restored }
    switch restored {
    case 0: return because
    case steps.count: return "\(because); all steps restored from cache"
    default: return "\(because); \(restored) of \(steps.count) steps restored from cache"
    }
  }

  private static func reason(
    _ wanted: RunIdentity, _ known: SweepManifest.Run?, _ record: RunRecord?, _ isFresh: Bool
  ) -> String? {
    guard let known else { return "new" }
    if isFresh { return "--fresh" }
    let had = known.settings
    if had.notebookSHA256 != wanted.notebookSHA256 { return "notebook changed" }
    if had.seed != wanted.seed { return "seed was \(had.seed)" }
    if had.precision != wanted.precision { return "precision was \(had.precision)" }
    if had.data != wanted.data { return "--data was \(had.data ?? "not given")" }
    if had.quire != wanted.quire { return "Quire's version was \(had.quire)" }
    if had != wanted { return "parameters changed" }
    switch known.status {
    case .failed: return "failed last time"
    case .pending: return "not started last time"
    // A killed sweep could not record how the run ended; the run's own record does.
    case .running, .interrupted, .finished: break
    }
    guard let record else {
      return known.status == .finished ? "results missing" : "did not finish last time"
    }
    guard record.isOf(wanted) else { return "results belong to another run" }
    switch record.status {
    case .finished: return nil
    case .failed: return "failed last time"
    case .interrupted: return "interrupted last time"
    default: return "did not finish last time"
    }
  }
}

extension RunRecord {
  /// Whether the record belongs to a run with these settings, as far as it can tell.
  func isOf(_ settings: RunIdentity) -> Bool {
    provenance.notebookSHA256 == settings.notebookSHA256 && provenance.seed == settings.seed
      && provenance.quire == settings.quire
      && settings.parameters.allSatisfy { parameters[$0.key] == $0.value }
  }
}
