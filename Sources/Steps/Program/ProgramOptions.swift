import ArgumentParser
import Neural

/// The command line of a program: the options of `quire run` that apply to a single notebook.
struct ProgramOptions: ParsableArguments {
  @Option(
    name: [.customShort("p"), .customLong("parameter")],
    help: ArgumentHelp("Override a parameter of the notebook; may be repeated", valueName: "name=value"))
  var parameters: [String] = []

  @Option(name: .long, help: ArgumentHelp("Folder to search first for data sets", valueName: "dir"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("Folder for results", valueName: "dir"))
  var output: String = "output"

  @Option(name: .long, help: "Random seed (default: the notebook's)")
  var seed: UInt64?

  @Option(name: .long, help: "Number of threads; results are the same for any number")
  var threads: Int?

  @Option(name: .long, help: "Default numeric precision for training")
  var precision: Precision = .float32

  @Option(
    name: .long,
    help: ArgumentHelp("Base for relative paths (default: the notebook's folder)", valueName: "dir"))
  var directory: String?

  @Flag(name: .long, help: "Print errors only")
  var quiet = false

  func validate() throws {
    if let threads, !(1...Plan.mostThreads).contains(threads) {
      throw ValidationError("--threads must be in 1…\(Plan.mostThreads), found \(threads)")
    }
    for parameter in parameters where !parameter.dropFirst().contains("=") {
      throw ValidationError("-p needs NAME=VALUE, found '\(parameter)'")
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
