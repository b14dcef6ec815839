import ArgumentParser

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the speed of the training library on this machine.",
    discussion: """
      scripts/bench compares these figures with PyTorch; docs/performance.md lists the results.

      Example:
        quire bench train --threads 2 --json
      """,
    subcommands: [
      BenchTrain.self, BenchEpoch.self, BenchEvaluate.self, BenchMemory.self, BenchAugment.self,
      BenchOps.self,
      BenchMachine.self,
    ])
}
