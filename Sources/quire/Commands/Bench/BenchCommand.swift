import ArgumentParser

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time the training library on this machine.",
    discussion: """
      scripts/bench runs these beside PyTorch; docs/performance.md has the results.

      Example:
        quire bench train --threads 2 --json
      """,
    subcommands: [
      BenchTrain.self, BenchEpoch.self, BenchEvaluate.self, BenchAugment.self, BenchOps.self,
      BenchMachine.self,
    ])
}
