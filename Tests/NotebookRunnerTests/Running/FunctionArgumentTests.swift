import Testing

@testable import NotebookRunner

/// Closures of cells passed to steps.
@Suite struct FunctionArgumentTests {
  private static let head = """
    ```swift
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    let model = buildModel("A") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }

    """

  @Test func `a custom schedule trains and is drawn, and a callback sees every epoch`() throws {
    let bench = try NotebookBench(
      Self.head + """
        struct Best { var epoch = 0; var loss = 1e9 }
        var best = Best()
        let rates = [0.1, 0.05, 0.02, 0.01]
        let warm = 2
        let history = train(model, on: data, epochs: 2, optimizer: .sgd(), schedule: .custom { step in
          step < warm ? rates[step] : rates[step] / 2
        }) { epoch in
          if epoch.testLoss < best.loss { best = Best(epoch: epoch.epoch, loss: epoch.testLoss) }
          print("epoch", epoch.epoch, epoch.learningRate)
        }
        print(best.epoch > 0, best.loss == history.epochs[best.epoch - 1].testLoss)
        plot(.schedule(.custom { rates[$0 % 4] }, epochs: 4))
        ```
        """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    // The rate at the end of the first epoch is that of the next batch, at the end of the last epoch that of the
    // last batch.
    let printed = bench.display.lines.filter { $0.hasPrefix("epoch ") || $0.hasPrefix("true") }
    #expect(printed == ["epoch 1 0.01", "epoch 2 0.005", "true true"])
    #expect(bench.file("learning_rate.png") != nil || bench.report.contains("Learning-rate schedule"))
  }

  @Test func `a rate that is none ends the training at the schedule's place`() throws {
    let bench = try NotebookBench(
      Self.head + """
        train(model, on: data, epochs: 3, schedule: .custom { step in
          step < 3 ? 0.1 : -1
        })
        ```
        """)
    #expect(bench.run().exitCode == 1)
    #expect(
      bench.problems.hasPrefix(
        "n.md:4:45: error: custom schedule: the learning rate of batch 3 must be a finite number, at least 0; found -1.0"
      ), "\(bench.problems)")
  }

  @Test func `a callback that fails ends the training where it fails`() throws {
    let bench = try NotebookBench(
      Self.head + """
        var losses: [Double] = []
        train(model, on: data, epochs: 3, onEpoch: { epoch in
          losses.append(epoch.testLoss)
          print(losses[epoch.epoch])
        })
        ```
        """)
    #expect(bench.run().exitCode == 1)
    #expect(
      bench.problems.hasPrefix("n.md:7:9: error: index 1 is out of range for 1 element"), "\(bench.problems)")
    // The epochs trained until then are in the report.
    #expect(bench.report.contains("Epoch") || bench.report.contains("epoch"))
  }

  @Test func `a loop over trainings collects its runs in structs`() throws {
    let bench = try NotebookBench(
      Self.head + """
        struct Trial {
          let rate: Double
          let history: History
          var row: String { "\\(rate): \\(history.epochCount)" }
        }
        var trials: [Trial] = []
        for rate in [0.1, 0.01] {
          let net = buildModel("N") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
          trials.append(Trial(rate: rate, history: train(net, on: data, epochs: 1, optimizer: .sgd(learningRate: rate))))
        }
        print(trials.map(\\.row).joined(separator: ", "))
        let best = trials.max { $0.history.bestTestAccuracy < $1.history.bestTestAccuracy }
        results(best!.history)
        ```

        The rate: `{swift} trials[0].rate`.
        """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.lines.contains("0.1: 1, 0.01: 1"))
  }
}
