/// What the command line asks of an export.
public struct ExportOptions: Sendable {
  /// What a notebook can be turned into.
  public enum Format: String, Sendable, CaseIterable {
    case swift, ipynb, markdown
  }

  public var notebook: String
  public var format: Format
  /// A folder for `swift`, else a file; `nil`: in the folder of results, named after the notebook.
  public var destination: String?
  /// The folder of results, where runs leave what they gave.
  public var output: String
  /// Where a Swift package finds Quire: a folder or the address of a Git repository. `nil`: where this program was
  /// built.
  public var library: String?

  public init(
    notebook: String, format: Format, destination: String? = nil, output: String = "output",
    library: String? = nil
  ) {
    self.notebook = notebook
    self.format = format
    self.destination = destination
    self.output = output
    self.library = library
  }

  var name: String { RunOptions(notebook: notebook).name }
}

/// What became of an export or an import.
public struct ExportOutcome: Sendable {
  /// 0 done; 1 it could not be written; 2 there was nothing to write.
  public var exitCode: Int32
  /// What was written, the file or folder to look at first.
  public var path: String?
  /// Rendered problems, and things worth knowing.
  public var problems: [String] = []
  public var notes: [String] = []
}
