import Diagnostics

/// The problems of a parameter file, with their wording.
enum ParameterFileProblem: Error {
  case noSuchFile(String, near: String?)
  case isDirectory(String)
  case unreadable(String, reason: String)
  case tooLarge(String, limit: Int)
  case notText(String)

  case invalidYAML(String)
  case notMapping(found: String)
  case keyNotText(found: String)
  case nested(String, found: String)
  case noValue(String)
  case emptyList(String)

  func diagnostic(at range: SourceRange?) -> Diagnostic {
    Diagnostic(.error, message, at: range, code: "parameter-file", notes: notes)
  }

  private static let example = "write one parameter a line, for example 'epochs: 5'"

  private var message: String {
    switch self {
    case .noSuchFile(let path, _): "-P \(path): there is no such file"
    case .isDirectory(let path): "-P \(path): it is a directory"
    case .unreadable(let path, let reason): "-P \(path): it cannot be read: \(reason)"
    case .tooLarge(let path, let limit): "-P \(path): it is larger than \(limit >> 10) KB"
    case .notText(let path): "-P \(path): it is not text in UTF-8"
    case .invalidYAML(let problem): "the parameter file is not YAML: \(problem)"
    case .notMapping(let found): "a parameter file maps names to values, found \(found)"
    case .keyNotText(let found): "a parameter's name is text, found \(found)"
    case .nested(let name, let found):
      "the value of '\(name)' is a number, a text, true or false, found \(found)"
    case .noValue(let name): "'\(name)' has no value"
    case .emptyList(let name): "the list of '\(name)' is empty"
    }
  }

  private var notes: [String] {
    switch self {
    case .noSuchFile(_, let near?): ["did you mean '\(near)'?"]
    case .isDirectory, .notMapping, .nested: [Self.example]
    case .notText: ["save the file with the encoding UTF-8"]
    case .noValue(let name): ["write '\(name): VALUE', or leave the line out"]
    case .emptyList(let name): ["give '\(name)' at least one value, or leave the line out"]
    default: []
    }
  }
}
