/// A reason why `quire new` cannot write a notebook.
public enum StarterProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name is empty or blank.
  case emptyName
  /// The name contains a line break or a control character.
  case unprintableName
  /// The name ends in `/`, `.` or `..`.
  case folderName(String)
  /// The name is just `.md`.
  case endingOnly(String)
  /// A file with the notebook's name exists.
  case exists(path: String)
  /// A folder has the name of a file to be written.
  case isFolder(path: String)
  /// A file has the name of a folder to be created.
  case isFile(path: String)
  /// A file cannot be written; `reason` names it.
  case unwritable(reason: String)

  /// 1 if writing failed; 2 if nothing was tried.
  public var exitCode: Int32 {
    if case .unwritable = self { 1 } else { 2 }
  }

  public var description: String {
    switch self {
    case .emptyName: "error: the name is empty; specify one, for example: quire new flowers"
    case .unprintableName:
      "error: the name contains a line break or a control character; choose another name"
    case .folderName(let name):
      "error: '\(name)' is a folder; add the notebook's name, for example: "
        + RunProvenance.quoted(["quire", "new", name + (name.hasSuffix("/") ? "" : "/") + "flowers"])
    case .endingOnly(let name):
      "error: '\(name)' has no name before '.md'; specify one, for example: quire new flowers.md"
    case .exists(let path):
      "\(path): error: the file exists; use --force to replace it, or choose another name"
    case .isFolder(let path): "\(path): error: this is a folder; choose another name"
    case .isFile(let path): "\(path): error: this is a file, but a folder is needed; choose another name"
    case .unwritable(let reason): "error: \(reason)"
    }
  }
}
