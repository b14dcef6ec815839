import Diagnostics

/// The error for a file that is not a readable Jupyter notebook.
public struct JupyterError: Error, Sendable, Hashable {
  enum Fact: Sendable, Hashable {
    case notJSON(String)
    case notANotebook
    case version(String)
    /// A part of the file does not have the form that nbformat requires.
    case form(place: String, expected: String)
  }

  var fact: Fact
  /// The line, counted from 1, of a JSON syntax error.
  var line: Int?
  var column: Int?

  /// The error as a diagnostic with its place in the file.
  public func diagnostic(file: String) -> Diagnostic {
    let range = line.map { SourceRange(SourceLocation(file: file, line: $0, column: column ?? 1)) }
    switch fact {
    case .notJSON(let reason):
      return Diagnostic(
        .error, "this is not JSON: \(reason)", at: range, code: "not-json",
        notes: ["a Jupyter notebook is a JSON file"])
    case .notANotebook:
      return Diagnostic(
        .error, "this is not a Jupyter notebook: it has no 'nbformat'", at: range, code: "not-jupyter")
    case .version(let found):
      return Diagnostic(
        .error, "nbformat \(found) is not supported; expected nbformat 2 to 4", at: range,
        code: "jupyter-version",
        notes: ["convert it: jupyter nbconvert --to notebook --nbformat 4 FILE"])
    case .form(let place, let expected):
      return Diagnostic(.error, "\(place) must be \(expected)", at: range, code: "jupyter-form")
    }
  }
}
