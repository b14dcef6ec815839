import Neural
import Support

/// The curves of the training in progress, short enough to be sent again with every change.
struct LiveTraining: Sendable {
  /// The progress within the epoch; `nil` if no training is in progress.
  private(set) var progress: BatchProgress?
  /// The epochs that have ended.
  private(set) var epochs: [EpochRecord] = []
  /// The running mean of the loss, by the number of epochs so far.
  private(set) var losses: [[Double]] = []
  private let start = ContinuousClock.now
  private var stride = 1
  private var skipped = 0

  /// The number of points of a curve; with more, every second is dropped.
  static let points = 200

  mutating func add(_ progress: BatchProgress) {
    // Another training of the same step.
    if let last = epochs.last, progress.epoch <= last.epoch { self = LiveTraining() }
    self.progress = progress
    skipped += 1
    if skipped < stride { return }
    skipped = 0
    let place = Double(progress.epoch - 1) + Double(progress.batch) / Double(max(1, progress.batches))
    losses.append([place, progress.loss])
    if losses.count <= Self.points { return }
    losses = losses.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    stride *= 2
  }

  mutating func add(_ record: EpochRecord) {
    if let last = epochs.last, record.epoch <= last.epoch { self = LiveTraining() }
    epochs.append(record)
  }

  /// The seconds since the training began.
  var seconds: Double { start.duration(to: .now).seconds }

  mutating func ended() { progress = nil }
}

extension LiveTraining {
  /// Whether a training is in progress.
  var isRunning: Bool { progress != nil }

  /// The progress for the tabs, in words.
  struct Words: Encodable, Hashable {
    /// The part of the training that is done, from 0 to 1.
    var share: Double
    var texts: [String]
  }

  /// The curves for the tabs.
  struct Curves: Encodable, Hashable {
    /// For example `accuracy`.
    var metric: String?
    /// For example `test`.
    var split: String?
    /// The loss by epoch, during epochs.
    var losses: [[Double]]
    /// Epoch, loss and metric on training images, loss and metric on the others.
    var epochs: [[Double]]
  }

  var curves: Curves {
    let step = max(1, (epochs.count + Self.points - 1) / Self.points)
    let thinned = epochs.enumerated().filter { $0.offset % step == 0 || $0.offset == epochs.count - 1 }
    return Curves(
      metric: epochs.last?.train.metrics.first?.name, split: epochs.last?.split.rawValue,
      losses: losses.map { $0.map(Self.short) },
      epochs: thinned.map { _, record in
        [
          Double(record.epoch), record.train.loss, record.train.values.first ?? .nan,
          record.evaluation.loss, record.evaluation.values.first ?? .nan,
        ].map(Self.short)
      })
  }

  /// More digits than a screen has pixels would only be sent.
  private static func short(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

  var words: Words? {
    guard let progress else { return nil }
    var texts = [
      "epoch \(progress.epoch) of \(progress.epochs)", "batch \(progress.batch) of \(progress.batches)",
      "\(Number.grouped(Int(progress.imagesPerSecond))) images/s", "loss \(Number.fixed(progress.loss, 4))",
    ]
    if let metric = progress.score.metrics.first, let value = progress.score.values.first {
      texts.append("\(metric.name) \(metric.text(value))")
    }
    if let rate = progress.learningRate {
      texts.append("learning rate \(Number.text(rate, significant: 4))")
    }
    texts.append("\(Number.approximateDuration(progress.secondsLeft)) left")
    let share = Double(progress.batch) / Double(max(1, progress.batches))
    return Words(
      share: (Double(progress.epoch - 1) + share) / Double(max(1, progress.epochs)), texts: texts)
  }
}
