/// A problem of a sweep, printed before anything runs.
struct SweepFinding: Sendable {
  var text: String
  var isError: Bool
}

extension [SweepFinding] {
  var errors: Int { count(where: \.isError) }
}

extension SweepDisplay {
  /// Reports all findings, as `quire run` does.
  ///
  /// - Returns: whether the sweep can run.
  func tell(_ findings: [SweepFinding]) -> Bool {
    for finding in findings { finding.isError ? problem(finding.text) : warning(finding.text) }
    let errors = findings.errors
    if errors > 0 { problem("\(errors) \(errors == 1 ? "error" : "errors"); nothing was run") }
    return errors == 0
  }
}
