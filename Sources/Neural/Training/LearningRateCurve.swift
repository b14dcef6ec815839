import Support

/// The loss at rising learning rates, and the rates that it suggests (Smith, WACV 2017).
///
/// The loss is smoothed, and the suggestions are those of fastai's `lr_find`: they ignore the first tenth of the
/// batches and the last five.
public struct LearningRateCurve: Sendable, Hashable, Codable {
  /// The name of the model.
  public let modelName: String
  /// The learning rate of each batch, ascending.
  public let rates: [Double]
  /// The loss of the training images after each batch, smoothed over the batches.
  public let losses: [Double]
  /// The number of batches that were planned; there are fewer if the loss diverged.
  public let plannedBatches: Int

  /// Creates a curve.
  ///
  /// - Throws: ``TrainingError`` if the loss diverged before there was anything to suggest.
  public init(modelName: String, rates: [Double], losses: [Double], plannedBatches: Int) throws {
    self.modelName = modelName
    self.rates = rates
    self.losses = losses
    self.plannedBatches = plannedBatches
    guard considered.count >= Self.leastPoints else {
      throw TrainingError(.noLearningRate(batches: rates.count, learningRate: rates.last))
    }
  }

  /// Decodes a curve.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      modelName: container.decode(String.self, forKey: .modelName),
      rates: container.decode([Double].self, forKey: .rates),
      losses: container.decode([Double].self, forKey: .losses),
      plannedBatches: container.decode(Int.self, forKey: .plannedBatches))
  }

  /// The smallest number of batches from which rates are suggested.
  private static let leastPoints = 2

  /// The batches that suggestions consider.
  private var considered: Range<Int> {
    let first = max(0, plannedBatches / 10)
    return first..<max(first, min(rates.count, losses.count) - 5)
  }

  /// Whether the loss diverged before the last batch.
  public var diverged: Bool { rates.count < plannedBatches }

  /// The learning rate at which the loss falls fastest, per logarithm of the rate (fastai: `SuggestionMethod.Steep`).
  public var steepest: Double {
    let slopes = considered.dropLast().map { index in
      (losses[index + 1] - losses[index]) / (Math.log(rates[index + 1]) - Math.log(rates[index]))
    }
    let best = slopes.indices.min { slopes[$0] < slopes[$1] } ?? 0
    return rates[considered.lowerBound + best]
  }

  /// The learning rate halfway down the longest fall of the loss (fastai: `SuggestionMethod.Valley`, its default).
  public var valley: Double {
    let losses = losses[considered]
    let values = Array(losses)
    // The length of the longest falling subsequence that ends at each batch.
    var lengths = Array(repeating: 1, count: values.count)
    var (start, end) = (0, 0)
    for i in values.indices.dropFirst() {
      for j in 0..<i {
        if values[i] < values[j], lengths[i] < lengths[j] + 1 { lengths[i] = lengths[j] + 1 }
        if lengths[end] < lengths[i] { (start, end) = (i - lengths[i], i) }
      }
    }
    let third = Double(end - start) / 3
    let place = start + Int(third) + Int(third / 2)
    return rates[considered.lowerBound + max(0, min(place, values.count - 1))]
  }
}

extension LearningRateCurve: CustomStringConvertible {
  /// `Net: 83 of 100 batches, valley 0.0012, steepest 0.0033`.
  public var description: String {
    "\(modelName): \(rates.count) of \(plannedBatches) batches, valley \(Number.text(valley, significant: 2)), "
      + "steepest \(Number.text(steepest, significant: 2))"
  }
}
