import Cells
import Diagnostics
import Documents

/// The parameter values given by `-P` files and `-p`, with their places.
///
/// `-p` overrides `-P`. If a name is given several times, the last value counts, in the position of the first.
struct GivenParameters: Sendable {
  struct Parameter: Sendable {
    var name: String
    /// The name's place in a file; `nil` for the command line.
    var nameRange: SourceRange?
    var value: ParameterOverride
  }

  private(set) var parameters: [Parameter] = []
  /// The texts of the files, for rendering problems.
  private(set) var sources: [SourceText] = []
  /// Problems of the files.
  private(set) var problems: [Diagnostic] = []

  /// Reads the files and merges the values.
  ///
  /// - Parameters:
  ///   - files: paths given by `-P`, in order.
  ///   - arguments: values given by `-p`, in order.
  init(files: [String] = [], arguments: [RunOptions.Parameter] = []) {
    for path in files {
      let file = readFile(path)
      for entry in file?.entries ?? [] {
        set(
          Parameter(
            name: entry.name, nameRange: entry.nameRange,
            value: ParameterOverride(entry.value)))
      }
    }
    for argument in arguments {
      set(Parameter(name: argument.name, value: ParameterOverride(argument.value)))
    }
  }

  /// Creates values that have already been read.
  init(_ parameters: [Parameter], sources: [SourceText]) {
    self.parameters = parameters
    self.sources = sources
  }

  /// The values as `name=value`, in order.
  var texts: [String] { parameters.map { "\($0.name)=\($0.value.text)" } }

  var overrides: [String: ParameterOverride] {
    Dictionary(parameters.map { ($0.name, $0.value) }) { $1 }
  }

  private mutating func readFile(_ path: String) -> ParameterFile? {
    let (file, found) = ParameterFile.read(path: path)
    problems += found
    if let file { sources.append(file.source) }
    return file
  }

  private mutating func set(_ parameter: Parameter) {
    if let place = parameters.firstIndex(where: { $0.name == parameter.name }) {
      parameters[place] = parameter
    } else {
      parameters.append(parameter)
    }
  }
}

extension RunOptions {
  /// The values from the `-P` files and `-p`.
  var given: GivenParameters { GivenParameters(files: parameterFiles, arguments: parameters) }
}

extension ParameterOverride {
  /// A value of a parameter file.
  init(_ value: ParameterFile.Value) {
    let kind: Kind =
      switch value.kind {
      case .text: .text
      case .number: .number
      case .boolean: .boolean
      case .null: .null
      case .list: .list((value.elements ?? []).map { ParameterOverride($0) })
      }
    self.init(value.text, kind: kind, at: value.range)
  }
}
