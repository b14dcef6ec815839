/// A reason why a notebook's report cannot be found.
public enum ReportProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The notebook's name is empty or names a folder.
  case noName(String)
  /// The notebook has not been run; `command` runs it.
  case notRun(path: String, command: String)
  /// Only a sweep's page exists; `command` opens it.
  case onlySweep(path: String, command: String)

  /// The report belongs to another notebook of the same name.
  case otherNotebook(path: String, owner: String)

  public var description: String {
    switch self {
    case .noName(let text):
      "error: '\(text)' is not a notebook; specify one, for example: quire open notebooks/quickstart.md"
    case .notRun(let path, let command): "\(path): error: no report yet; run '\(command)' first"
    case .otherNotebook(let path, let owner): "\(path): error: this is the report of \(owner)"
    case .onlySweep(let path, let command):
      "\(path): error: no report, only the page of a sweep; open it with '\(command)'"
    }
  }
}
