import Diagnostics
import Support

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

  private static let example = "write one parameter per line, for example 'epochs: 5'"

  private var message: String {
    switch self {
    case .noSuchFile(let path, _): "-P \(path): file not found"
    case .isDirectory(let path): "-P \(path): this is a folder"
    case .unreadable(let path, let reason): "-P \(path): cannot read the file: \(reason)"
    case .tooLarge(let path, let limit): "-P \(path): larger than \(Number.bytes(limit))"
    case .notText(let path): "-P \(path): not UTF-8 text"
    case .invalidYAML(let problem): "the parameter file is not valid YAML: \(problem)"
    case .notMapping(let found): "a parameter file must map names to values, found \(found)"
    case .keyNotText(let found): "a parameter's name must be text, found \(found)"
    case .nested(let name, let found):
      "the value of '\(name)' must be a number, text, true or false, found \(found)"
    case .noValue(let name): "'\(name)' has no value"
    case .emptyList(let name): "the list of '\(name)' is empty"
    }
  }

  private var notes: [String] {
    switch self {
    case .noSuchFile(_, let near?): ["did you mean '\(near)'?"]
    case .isDirectory, .notMapping, .nested: [Self.example]
    case .notText: ["save the file as UTF-8"]
    case .noValue(let name): ["write '\(name): VALUE', or remove the line"]
    case .emptyList(let name): ["give '\(name)' at least one value, or remove the line"]
    default: []
    }
  }
}
