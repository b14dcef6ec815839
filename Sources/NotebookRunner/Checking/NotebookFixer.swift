import Diagnostics

/// Applies certain fix-its to a notebook's bytes, and keeps only what makes it better.
struct NotebookFixer {
  /// A notebook's bytes with what checking them finds.
  private struct State {
    var bytes: [UInt8]
    var problems: [Diagnostic]
    var errors: Int { problems.count { $0.severity == .error } }
  }

  private let check: ([UInt8]) -> [Diagnostic]
  private var state: State
  private(set) var fixed: [FixedProblem] = []

  var bytes: [UInt8] { state.bytes }

  /// One fix may uncover the next problem.
  private static let maximumRounds = 10
  /// How often the notebook is checked again, whatever there is to mend.
  private var checksLeft = 200

  init(_ bytes: [UInt8], check: @escaping ([UInt8]) -> [Diagnostic]) {
    self.check = check
    state = State(bytes: bytes, problems: check(bytes))
  }

  /// Mends what can be mended for certain.
  mutating func fix() {
    while checksLeft > 0 {
      let candidates = Self.certain(state.problems)
      if candidates.isEmpty || !(accept(candidates) || acceptOne(of: candidates)) { return }
    }
  }

  /// A problem with more than one certain fix has none.
  private static func certain(_ problems: [Diagnostic]) -> [FixedProblem] {
    problems.compactMap { problem in
      let fixes = problem.fixIts.filter(\.isCertain)
      return fixes.count == 1 ? fixes.first.map { FixedProblem(problem: problem, fix: $0) } : nil
    }
  }

  /// Applies the fixes, and then those that they uncover, if every error mended is one error less.
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

  /// Where all together make things worse, one that does not: the next round sees the others again.
  private mutating func acceptOne(of candidates: [FixedProblem]) -> Bool {
    for candidate in candidates where candidates.count > 1 {
      if accept([candidate]) { return true }
    }
    return false
  }

  /// `nil` where nothing changes.
  private static func apply(
    _ candidates: [FixedProblem], to bytes: [UInt8]
  ) -> (bytes: [UInt8], applied: [FixedProblem])? {
    let (changed, applied) = SourceEdits.apply(candidates.map(\.fix), to: bytes)
    if changed == bytes { return nil }
    return (changed, candidates.filter { applied.contains($0.fix) })
  }
}
