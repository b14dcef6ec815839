import ArgumentParser
import Neural

/// The command line of a program: the options of `quire run` that apply to a single notebook.
struct ProgramOptions: ParsableArguments {
  @Option(
    name: [.customShort("p"), .customLong("parameter")],
    help: .parameter)
  var parameters: [String] = []

  @Option(name: .long, help: .data)
  var data: String?

  @Option(name: .long, help: .output)
  var output: String = "output"

  @Option(name: .long, help: .seed)
  var seed: UInt64?

  @Option(name: .long, help: .threads)
  var threads: Int?

  @Option(name: .long, help: .precision)
  var precision: Precision = .float32

  @Option(
    name: .long,
    help: ArgumentHelp("Base for relative paths (default: the notebook's folder)", valueName: "dir"))
  var directory: String?

  @Flag(name: .long, help: .quiet)
  var quiet = false

  func validate() throws {
    try check("--threads", threads, in: threadRange)
    for parameter in parameters where !parameter.dropFirst().contains("=") {
      throw ValidationError("-p expects NAME=VALUE; found '\(parameter)'")
    }
  }

  /// The values given by `-p`; if a name occurs twice, the last one counts.
  var overrides: [String: String] {
    Dictionary(
      parameters.compactMap { argument in
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }, uniquingKeysWith: { $1 })
  }
}

extension Precision: ExpressibleByArgument {}
