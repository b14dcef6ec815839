import ArgumentParser
import Neural

/// The command line of a program: the options of `quire run` that apply to a single notebook.
struct ProgramOptions: ParsableArguments {
  @Option(
    name: [.customShort("p"), .customLong("parameter")],
    help: ArgumentHelp("Override a parameter; may be repeated.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(name: .long, help: ArgumentHelp("A folder to look for data sets in, first.", valueName: "dir"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("Where results go, in a folder NAME.", valueName: "dir"))
  var output: String = "output"

  @Option(name: .long, help: "Fixes everything random; the notebook's seed where not given.")
  var seed: UInt64?

  @Option(name: .long, help: "Processor threads; the results are the same for any number.")
  var threads: Int?

  @Option(name: .long, help: "What trainings are computed with unless they say otherwise.")
  var precision: Precision = .float32

  @Option(
    name: .long, help: ArgumentHelp("Where relative paths start; the notebook's folder.", valueName: "dir"))
  var directory: String?

  @Flag(name: .long, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be in 1…256, found \(threads)")
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
