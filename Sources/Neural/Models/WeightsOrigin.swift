/// Where a model's weights come from, for reports.
///
///     "\(model.weightsOrigin)"   // "weights after epoch 12, the best on the validation images"
public enum WeightsOrigin: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The model has not been trained.
  case initial
  /// A training left the weights of one of its epochs.
  case training(TrainedEpoch)
  /// A file, with the epoch after which it was written if the file says so.
  case file(String, after: TrainedEpoch?)
  /// A program set the weights.
  case other

  /// The epoch of a training that weights belong to.
  public struct TrainedEpoch: Sendable, Hashable, Codable {
    /// The epoch, counted from 1.
    public var epoch: Int
    /// The last epoch of the training so far.
    public var last: Int
    /// The best epoch so far; `nil` where none is.
    public var best: Int?
    /// The images on which the best epoch was chosen.
    public var split: Split
    /// Which training of the model this is, counted from 1: every training has an epoch 3.
    public var training: Int
    /// Whether the data was a table, whose samples are rows, and not images.
    public var isOfTable: Bool
    /// The name of the average, `EMA` or `SWA`, if the weights are one.
    public var averaged: String?

    /// Creates an epoch.
    public init(
      epoch: Int, last: Int, best: Int?, split: Split, training: Int = 1, isOfTable: Bool = false,
      averaged: String? = nil
    ) {
      self.training = training
      self.isOfTable = isOfTable
      self.averaged = averaged
      self.epoch = epoch
      self.last = last
      self.best = best
      self.split = split
    }
  }

  public var description: String {
    switch self {
    case .initial: "initial weights"
    case .training(let epoch): "\(epoch.averaged.map { "averaged weights (\($0))" } ?? "weights") \(epoch)"
    case .file(let name, let epoch):
      (epoch?.averaged.map { "averaged weights (\($0))" } ?? "weights") + " from \(name)"
        + (epoch.map { " (\($0))" } ?? "")
    case .other: "weights set by the program"
    }
  }
}

extension WeightsOrigin.TrainedEpoch: CustomStringConvertible {
  /// `after epoch 12, the best on the test images`; `after the last epoch, 20; the best on the test images was epoch 12`;
  /// `after epoch 3 of training 2 of the model`.
  public var description: String {
    let which = training > 1 ? " of training \(training) of the model" : ""
    let samples = split.samples(ofTable: isOfTable)
    if epoch == best { return "after epoch \(epoch)\(which), the best on the \(samples)" }
    let place = epoch == last ? "after the last epoch, \(epoch)" : "after epoch \(epoch)"
    return place + which + (best.map { "; the best on the \(samples) was epoch \($0)" } ?? "")
  }
}

extension WeightsOrigin {
  /// Whether a training of this model left the weights.
  var isTraining: Bool { if case .training = self { true } else { false } }
}

// MARK: In the metadata of a file of weights

extension WeightsOrigin {
  private enum Key {
    static let kind = "weights"
    static let file = "weights_file"
  }

  /// The origin as metadata of a checkpoint.
  var metadata: [String: String] {
    switch self {
    case .initial: [Key.kind: "initial"]
    case .training(let epoch): epoch.metadata.merging([Key.kind: "training"]) { $1 }
    case .file(let name, let epoch):
      (epoch?.metadata ?? [:]).merging([Key.kind: "file", Key.file: name]) { $1 }
    case .other: [:]
    }
  }

  /// The origin of the weights of a checkpoint with this metadata.
  ///
  /// - Parameter file: the name of the file that was read; `nil` for bytes that stand for the model itself.
  init(metadata: [String: String], file: String?) {
    let epoch = TrainedEpoch(metadata: metadata)
    if let file {
      self = .file(file, after: epoch)
      return
    }
    switch metadata[Key.kind] {
    case "initial": self = .initial
    case "training": self = epoch.map { .training($0) } ?? .other
    case "file": self = .file(metadata[Key.file] ?? "a file", after: epoch)
    default: self = .other
    }
  }
}

extension WeightsOrigin.TrainedEpoch {
  private enum Key {
    static let epoch = "epoch"
    static let last = "last_epoch"
    static let best = "best_epoch"
    static let split = "evaluated_on"
    static let training = "training"
    static let samples = "samples"
    static let averaged = "averaged"
  }

  var metadata: [String: String] {
    var metadata = [Key.epoch: "\(epoch)", Key.last: "\(last)", Key.split: split.rawValue]
    metadata[Key.best] = best.map { "\($0)" }
    if isOfTable { metadata[Key.samples] = "rows" }
    if training > 1 { metadata[Key.training] = "\(training)" }
    metadata[Key.averaged] = averaged
    return metadata
  }

  /// `nil` where the metadata does not name an epoch of a training.
  init?(metadata: [String: String]) {
    guard let epoch = metadata[Key.epoch].flatMap({ Int($0) }),
      let last = metadata[Key.last].flatMap({ Int($0) }),
      let split = metadata[Key.split].flatMap({ Split(rawValue: $0) })
    else { return nil }
    self.init(
      epoch: epoch, last: last, best: metadata[Key.best].flatMap { Int($0) }, split: split,
      training: metadata[Key.training].flatMap { Int($0) } ?? 1,
      isOfTable: metadata[Key.samples] == "rows", averaged: metadata[Key.averaged])
  }
}
