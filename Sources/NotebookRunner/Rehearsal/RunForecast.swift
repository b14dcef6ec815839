import Neural
import Support

/// An estimate of a run's time, memory and disk space.
///
///     RunForecast(rehearsal.trainings, times: times).lines
///     // ["train (line 170): 50 epochs, about 1 h 18 min on 2 threads, 410 MB of memory, 1.7 MB on disk"]
struct RunForecast: Sendable {
  let trainings: [NotebookRehearsal.Training]
  /// One element per training; `nil` if it was not measured.
  let times: [StepTimes?]

  /// The approximate size of report, figures and logs, in bytes.
  static let reportBytes = 4 << 20

  init(_ trainings: [NotebookRehearsal.Training], times: [StepTimes?] = []) {
    self.trainings = trainings
    self.times = trainings.indices.map { times.indices.contains($0) ? times[$0] : nil }
  }

  /// The duration of all trainings in seconds; `nil` if one was not measured.
  var seconds: Double? {
    var sum = 0.0
    for (training, times) in zip(trainings, times) {
      guard let times else { return nil }
      sum += training.outline.estimate(times)
    }
    return sum
  }

  var diskBytes: Int { trainings.reduce(Self.reportBytes) { $0 + $1.outline.diskBytes } }

  /// One line per training: memory and disk space, and the time if it was measured.
  var lines: [String] {
    var lines = collapsed(
      zip(trainings, times).map { training, times in
        let outline = training.outline
        // A training with early stopping may take less time.
        var parts = [
          (outline.recipe.earlyStopping == nil ? "" : "up to ")
            + Number.counted(outline.recipe.epochs, "epoch")
        ]
        if let times { parts.append("about \(Number.approximateDuration(outline.estimate(times)))") }
        parts[parts.count - 1] += " on \(Number.counted(outline.threads, "thread"))"
        parts.append("\(Number.bytes(training.memoryBytes)) of memory")
        parts.append("\(Number.bytes(outline.diskBytes)) on disk")
        return ("train (line \(training.line))", parts.joined(separator: ", "))
      })
    if trainings.count > 1, let seconds {
      lines.append("total: about \(Number.approximateDuration(seconds))")
    }
    return lines
  }

  /// One line per training: the sizes that are known without measuring.
  var plan: [String] {
    collapsed(
      trainings.map { training in
        let outline = training.outline
        let batches = "\(Number.counted(outline.batchesPerEpoch, "batch", plural: "batches")) per epoch"
        let epochs = Number.counted(outline.recipe.epochs, "epoch")
        return (
          "train (line \(training.line))",
          "\(Number.grouped(outline.model.parameterCount)) parameters, \(batches) × \(epochs), "
            + "working memory \(Number.bytes(outline.planBytes)), data \(Number.bytes(outline.data.dataset.bytes))"
        )
      })
  }

  /// Merges consecutive equal lines, as from a loop, into one.
  private func collapsed(_ lines: [(head: String, text: String)]) -> [String] {
    var out: [(head: String, text: String, count: Int)] = []
    for line in lines {
      if let last = out.last, last.head == line.head, last.text == line.text {
        out[out.count - 1].count += 1
      } else {
        out.append((line.head, line.text, 1))
      }
    }
    return out.map { "\($0.head): " + ($0.count > 1 ? "\($0.count) runs, each with " : "") + $0.text }
  }
}

extension RunForecast {
  /// Trainings shorter than this, in seconds, are not measured.
  static let longEnough = 10.0
  /// The maximum number of different models to measure; the time of others is estimated from their multiply-adds.
  static let mostMeasured = 4

  /// Measures batches and returns the estimate.
  ///
  /// - Parameter always: whether short trainings are measured too.
  /// - Throws: ``PlanError`` if there is not enough memory for a model.
  static func measured(_ trainings: [NotebookRehearsal.Training], always: Bool) throws -> RunForecast {
    var known: [Work: StepTimes] = [:]
    var last: (times: StepTimes, work: Double)?
    var times: [StepTimes?] = []
    let isWorthwhile = always || trainings.reduce(0) { $0 + $1.outline.guessedSeconds } >= longEnough
    for training in trainings {
      guard isWorthwhile else { return RunForecast(trainings) }
      let outline = training.outline
      let work = Work(outline)
      let cost = Double(max(1, outline.model.graph.multiplyAdds)) * Double(outline.data.batchSize)
      if known[work] == nil {
        if known.count >= mostMeasured, let last {
          let ratio = cost / last.work
          known[work] = StepTimes(step: last.times.step * ratio, evaluation: last.times.evaluation * ratio)
        } else {
          let measured = try outline.measure()
          known[work] = measured
          last = (measured, cost)
        }
      }
      times.append(known[work])
    }
    return RunForecast(trainings, times: times)
  }

  /// Everything that determines the time of a batch.
  private struct Work: Hashable {
    /// Each node's operation, inputs and shape.
    var nodes: [String]
    var augmentations: [Augmentation]
    var batchSize: Int
    var precision: Precision
    var frozen: Set<String>

    init(_ outline: TrainingOutline) {
      nodes = outline.model.graph.nodes.map {
        "\($0.operation.contentDescription) \($0.inputs) \($0.shape)"
      }
      augmentations = outline.data.pipeline.augmentations
      batchSize = outline.data.batchSize
      precision = outline.precision
      frozen = outline.frozen
    }
  }
}

extension TrainingOutline {
  /// An estimate without measurement, for a slow processor.
  fileprivate var guessedSeconds: Double { multiplyAdds / (3e9 * Double(threads)) }
}
