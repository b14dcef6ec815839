import Cells
import Diagnostics
import Documents

/// What `-P` files and `-p` give a run's parameters, and where each value stands.
///
/// `-p` wins over `-P`; of equal names the last counts, in the place of the first.
struct GivenParameters: Sendable {
  struct Parameter: Sendable {
    var name: String
    /// The name's place in a file; `nil` on the command line.
    var nameRange: SourceRange?
    var value: ParameterOverride
  }

  private(set) var parameters: [Parameter] = []
  /// The texts of the files, for rendering.
  private(set) var sources: [SourceText] = []
  /// What is wrong with the files.
  private(set) var problems: [Diagnostic] = []

  /// - Parameters:
  ///   - files: paths given by `-P`, in order.
  ///   - arguments: given by `-p`, in order.
  init(files: [String] = [], arguments: [RunOptions.Parameter] = []) {
    for path in files {
      let file = readFile(path)
      for entry in file?.entries ?? [] {
        set(
          Parameter(
            name: entry.name, nameRange: entry.nameRange,
            value: ParameterOverride(entry.value.text, at: entry.value.range)))
      }
    }
    for argument in arguments {
      set(Parameter(name: argument.name, value: ParameterOverride(argument.value)))
    }
  }

  /// Parameters that were read elsewhere.
  init(_ parameters: [Parameter], sources: [SourceText]) {
    self.parameters = parameters
    self.sources = sources
  }

  /// `name=value`, in order.
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
  /// Reads the `-P` files.
  var given: GivenParameters { GivenParameters(files: parameterFiles, arguments: parameters) }
}
