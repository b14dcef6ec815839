/// The options of `quire publish`.
public struct PublishOptions: Sendable {
  /// The place where reports are published.
  public enum Target: Sendable, Hashable {
    /// A folder, for example of a web server.
    case folder(String)
    /// A branch of the Git repository that contains the output folder.
    case branch(String)

    /// Reads `DIR` or `git:BRANCH`.
    public init(_ text: String) {
      self = text.hasPrefix("git:") ? .branch(String(text.dropFirst(4))) : .folder(text)
    }
  }

  /// The notebooks or reports; empty for all reports of the output folder.
  public var notebooks: [String]
  /// The place where they are published.
  public var target: Target
  /// The output folder with the reports.
  public var output: String
  /// Whether reports of failed, interrupted and running runs are published too.
  public var publishesUnfinished: Bool

  /// Creates options.
  ///
  /// - Parameters:
  ///   - notebooks: the notebooks or reports; empty for all reports of the output folder.
  ///   - target: the place where they are published.
  ///   - output: the output folder with the reports.
  ///   - publishesUnfinished: whether reports of failed, interrupted and running runs are published too.
  public init(
    _ notebooks: [String] = [], to target: Target, output: String = "output",
    publishesUnfinished: Bool = false
  ) {
    self.notebooks = notebooks
    self.target = target
    self.output = output
    self.publishesUnfinished = publishesUnfinished
  }
}

/// The outcome of publishing.
public struct PublishOutcome: Sendable {
  /// 0 success; 1 writing failed; 2 nothing was published.
  public var exitCode: Int32
  /// The result in a sentence.
  public var summary: String?
  /// The problems, rendered.
  public var problems: [String] = []
  /// Remarks for the user.
  public var notes: [String] = []
}

/// A reason why nothing is published.
enum PublishProblem: Error, CustomStringConvertible {
  /// The output folder has no reports.
  case noReports(output: String)
  /// All reports are of runs that did not finish.
  case onlyUnfinished
  /// The report of a run that did not finish was named.
  case unfinished(report: String, status: String)
  /// The target folder is the output folder.
  case sameFolder(String)
  /// The target is a file.
  case notAFolder(String)
  /// The target has a page of this name that Quire did not write.
  case otherPage(String)
  /// The output folder is not in a Git repository.
  case noRepository(output: String)
  /// The branch's name is not valid.
  case branchName(String)
  /// The branch is checked out, so its files would differ from the branch.
  case checkedOut(branch: String, folder: String)

  var description: String {
    switch self {
    case .noReports(let output): "error: there are no reports in \(output)/; run a notebook first"
    case .onlyUnfinished: "error: no run has finished; publish the reports anyway with --all"
    case .unfinished(let report, let status):
      "\(report): error: this run \(status); publish its report anyway with --all"
    case .sameFolder(let folder): "\(folder): error: this is the output folder itself; choose another folder"
    case .notAFolder(let path): "\(path): error: this is a file; choose a folder"
    case .otherPage(let path):
      "\(path): error: this page exists, and Quire did not write it; rename it, or choose another target"
    case .noRepository(let output):
      "error: \(output)/ is not in a Git repository; publish to a folder, or create a repository with 'git init'"
    case .branchName(let name): "error: '\(name)' is not a valid name of a branch"
    case .checkedOut(let branch, let folder):
      "error: the branch '\(branch)' is checked out in \(folder); choose a branch only for reports, such as gh-pages"
    }
  }
}
