import ArgumentParser
import Neural

/// The help of arguments that several commands take. Help is a noun phrase or an imperative, without a full stop.
extension ArgumentHelp {
  package static var notebook: Self { "Path of the notebook (a Markdown file)" }
  package static var data: Self { Self("Folder to search first for data sets", valueName: "dir") }
  package static var output: Self { Self("Results folder", valueName: "dir") }
  package static var threads: Self { "Number of threads; does not affect the results (default: all cores)" }
  package static var precision: Self { "Default numeric precision for training" }
  package static var maxMemory: Self {
    Self("Memory limit, e.g. 500M or 2G (default: 80% of this machine's memory)", valueName: "size")
  }
  package static var quiet: Self { "Print errors only" }
  package static var seed: Self { "Random seed (default: the notebook's)" }
  package static var parameter: Self {
    Self("Override a notebook parameter; repeatable", valueName: "name=value")
  }
  package static var force: Self { "Replace an existing notebook" }
}

/// The number of threads that a command may use.
package let threadRange = 1...Plan.mostThreads

/// - Throws: a message on a number out of range.
package func check(_ option: String, _ value: Int?, in range: ClosedRange<Int>) throws {
  if let value, !range.contains(value) {
    throw ValidationError("\(option) must be in \(range.lowerBound)…\(range.upperBound), found \(value)")
  }
}
