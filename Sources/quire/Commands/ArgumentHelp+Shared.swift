import ArgumentParser
import Neural

/// The help of arguments that several commands share. Help is a noun phrase or an imperative, without a full stop.
extension ArgumentHelp {
  static var notebook: Self { "Path of the notebook (a Markdown file)" }
  static var data: Self { Self("Folder to search first for data sets", valueName: "dir") }
  static var output: Self { Self("Folder for results", valueName: "dir") }
  static var threads: Self { "Number of threads; results are the same for any number" }
  static var precision: Self { "Default numeric precision for training" }
  static var maxMemory: Self {
    Self("Memory limit, e.g. 500M or 2G (default: 80% of this machine's memory)", valueName: "size")
  }
  static var quiet: Self { "Print errors only" }
  static var force: Self { "Replace an existing notebook" }
}

/// The number of threads that a command may use.
let threadRange = 1...Plan.mostThreads

/// Checks an option's value.
///
/// - Throws: a message if the number is out of range.
func check(_ option: String, _ value: Int?, in range: ClosedRange<Int>) throws {
  if let value, !range.contains(value) {
    throw ValidationError("\(option) must be in \(range.lowerBound)…\(range.upperBound), found \(value)")
  }
}
