import Diagnostics

/// Applies certain fix-its to a notebook's bytes and keeps only those that reduce the errors.
struct NotebookFixer {
  /// A notebook's bytes with the problems found in them.
  private struct State {
    var bytes: [UInt8]
    var problems: [Diagnostic]
    var errors: Int { problems.count { $0.severity == .error } }
  }

  private let check: ([UInt8]) -> [Diagnostic]
  private var state: State
  private(set) var fixed: [FixedProblem] = []

  var bytes: [UInt8] { state.bytes }

  /// A fix may uncover another problem.
  private static let maximumRounds = 10
  /// The remaining number of checks, whatever is left to fix.
  private var checksLeft = 200

  init(_ bytes: [UInt8], check: @escaping ([UInt8]) -> [Diagnostic]) {
    self.check = check
    state = State(bytes: bytes, problems: check(bytes))
  }

  /// Applies all certain fixes.
  mutating func fix() {
    while checksLeft > 0 {
      let candidates = Self.certain(state.problems)
      if candidates.isEmpty || !(accept(candidates) || acceptOne(of: candidates)) { return }
    }
  }

  /// The problems with exactly one certain fix.
  private static func certain(_ problems: [Diagnostic]) -> [FixedProblem] {
    problems.compactMap { problem in
      let fixes = problem.fixIts.filter(\.isCertain)
      return fixes.count == 1 ? fixes.first.map { FixedProblem(problem: problem, fix: $0) } : nil
    }
  }

  /// Applies the fixes and those that they uncover, if each fixed error reduces the number of errors by one.
  private mutating func accept(_ candidates: [FixedProblem]) -> Bool {
    var trial = state
    var done: [FixedProblem] = []
    var next = candidates
    var wanted: Int?
    for _ in 0..<Self.maximumRounds where !next.isEmpty {
      guard checksLeft > 0, let (bytes, applied) = Self.apply(next, to: trial.bytes) else { break }
      checksLeft -= 1
      trial = State(bytes: bytes, problems: check(bytes))
      done += applied
      let goal = wanted ?? state.errors - applied.count { $0.problem.severity == .error }
      wanted = goal
      if trial.errors <= goal {
        state = trial
        fixed += done
        return true
      }
      next = Self.certain(trial.problems)
    }
    return false
  }

  /// If applying all fixes makes things worse, applies one that does not; the next round sees the others again.
  private mutating func acceptOne(of candidates: [FixedProblem]) -> Bool {
    for candidate in candidates where candidates.count > 1 {
      if accept([candidate]) { return true }
    }
    return false
  }

  /// `nil` if nothing changes.
  private static func apply(
    _ candidates: [FixedProblem], to bytes: [UInt8]
  ) -> (bytes: [UInt8], applied: [FixedProblem])? {
    let (changed, applied) = SourceEdits.apply(candidates.map(\.fix), to: bytes)
    if changed == bytes { return nil }
    return (changed, candidates.filter { applied.contains($0.fix) })
  }
}
