import ArgumentParser
import NotebookRunner

/// `-p` and `-P`: values for a notebook's parameters.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: [.customShort("p"), .customLong("parameter")],
    help: .parameter
  )
  var arguments: [String] = []

  @Option(
    name: [.customShort("P"), .customLong("parameters")],
    help: ArgumentHelp(
      "YAML file with parameter values (-p overrides them); repeatable", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var files: [String] = []

  func validate() throws {
    for argument in arguments where !argument.dropFirst().contains("=") {
      throw ValidationError("-p expects NAME=VALUE; found '\(argument)'")
    }
  }

  var parameters: [RunOptions.Parameter] { arguments.map(RunOptions.Parameter.init) }
}
