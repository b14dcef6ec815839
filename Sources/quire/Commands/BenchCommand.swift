import ArgumentParser
import Foundation
import NotebookRunner

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time the training library on this machine.",
    discussion: """
      Example:
        quire bench train --threads 2 --json
      """,
    subcommands: [Train.self])

  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "train",
      abstract: "Whole training steps of the assignment's network, batch 64, in images a second.",
      discussion: """
        Example:
          quire bench train --threads 1
        """)

    @Option(name: .long, help: "Processor threads.")
    var threads: Int = 2

    @Option(name: .long, help: "Steps that are timed.")
    var steps: Int = 10

    @Flag(name: .long, help: "Print one JSON object.")
    var json = false

    func validate() throws {
      guard (1...256).contains(threads) else { throw ValidationError("--threads must be in 1…256") }
      guard (1...10_000).contains(steps) else { throw ValidationError("--steps must be in 1…10,000") }
    }

    func run() throws {
      let rate = try Benchmarks.trainStep(threads: threads, steps: steps)
      if json {
        Console.out(
          "{\"benchmark\": \"train\", \"precision\": \"float32\", \"threads\": \(threads), \"imagesPerSecond\": \(rate)}"
        )
      } else {
        Console.out("train step, batch 64, float32, \(threads) threads: \(Int(rate)) images a second")
      }
    }
  }
}
