import Neural
import Support

/// A run to compare: from a report, or from the history of its notebook.
struct ComparedRun {
  /// A name that is unique on the page.
  var name: String
  let record: RunRecord
  /// The epochs of each training.
  let epochs: [[EpochRecord]]
  /// The notebook; `nil` if the report does not contain it.
  let version: NotebookVersion?

  /// Finds a run.
  ///
  /// - Parameter reference: the path of a report, a run's number in the history of its notebook (`cifar10#3`), or the
  ///   notebook's name for its last run.
  /// - Throws: ``ComparisonProblem``, ``EmbeddedRunProblem`` or `FileError`.
  init(_ reference: String, output: String) throws {
    if reference.hasSuffix(".html") {
      let run = try EmbeddedRun(report: reference)
      record = run.record
      epochs = run.epochs.map(History.epochs(csv:))
      version = try? NotebookVersion(run.source(of: reference))
      name = RunOptions(notebook: String(reference.dropLast(5))).name
      return
    }
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
    let history = RunHistory(output: output, name: RunOptions(notebook: parts.first ?? "").name)
    let numbers = history.numbers
    guard let last = numbers.last else { throw ComparisonProblem.noHistory(reference) }
    let number = parts.count == 1 ? last : Int(parts[parts.count - 1])
    guard parts.count <= 2, let number, let entry = history.entry(number) else {
      throw ComparisonProblem.noRun(reference, known: numbers)
    }
    record = entry.record
    epochs = entry.epochs.map(History.epochs(csv:))
    version = history.source(of: entry).flatMap(NotebookVersion.init)
    name = "\(history.name) #\(number)"
  }
}

/// A reason why runs cannot be compared.
public enum ComparisonProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The notebook has no past runs.
  case noHistory(String)
  /// The notebook has no run of this number.
  case noRun(String, known: [Int])
  /// Fewer than two runs were given.
  case tooFew(Int)
  /// The style sheet cannot be used; the rendered problem.
  case theme(String)

  public var description: String {
    switch self {
    case .noHistory(let reference):
      "error: '\(reference)' is neither a report (.html) nor a notebook with past runs; 'quire history' lists them"
    case .noRun(let reference, let known):
      "error: there is no run '\(reference)'; the runs are "
        + "\(known.map { "#\($0)" }.joined(separator: ", ")), and '\(reference.prefix { $0 != "#" })#\(known.last ?? 1)' is the last"
    case .tooFew(let count): "error: a comparison needs at least 2 runs, found \(count)"
    case .theme(let problem): problem
    }
  }
}
