import Support

/// An average of a training's weights, which is evaluated and saved instead of the weights themselves
/// (PyTorch: `optim.swa_utils.AveragedModel`).
///
/// Training continues with the weights, so averaging does not change the course of the training.
///
///     let recipe = TrainingRecipe(epochs: 20, averaging: .ema(decay: 0.999))
public struct WeightAveraging: Sendable, Hashable, Codable, CustomStringConvertible {
  enum Rule: Sendable, Hashable, Codable {
    case ema(decay: Double)
    case swa(fromEpoch: Int)
  }

  let rule: Rule

  /// An exponential moving average, updated after every batch (PyTorch: `get_ema_multi_avg_fn`).
  ///
  /// It starts as the weights after the first batch. The running statistics of BatchNorm are averaged too
  /// (`use_buffers=True`, and as in timm).
  ///
  /// - Parameter decay: the share of the old average that remains, at least 0 and below 1. The average covers about
  ///   1 / (1 − `decay`) batches.
  public static func ema(decay: Double = 0.999) -> WeightAveraging {
    WeightAveraging(rule: .ema(decay: decay))
  }

  /// Stochastic weight averaging: the mean of the weights after epoch `fromEpoch` and after every later one
  /// (PyTorch: `get_swa_multi_avg_fn`; Izmailov et al., UAI 2018).
  ///
  /// The running statistics of BatchNorm are recomputed after each of these epochs, from the epoch's batches
  /// (PyTorch: `update_bn`). This costs another forward pass over the training images.
  ///
  /// - Parameter fromEpoch: the first epoch in the average, counted from 1; epochs before it are evaluated with their
  ///   own weights.
  public static func swa(fromEpoch: Int) -> WeightAveraging {
    WeightAveraging(rule: .swa(fromEpoch: fromEpoch))
  }

  /// `EMA` or `SWA`.
  public var name: String {
    switch rule {
    case .ema: "EMA"
    case .swa: "SWA"
    }
  }

  /// For example `EMA of the weights, decay 0.999`.
  public var description: String {
    switch rule {
    case .ema(let decay): "EMA of the weights, decay \(decay)"
    case .swa(let epoch): "mean of the weights from epoch \(epoch) on (SWA)"
    }
  }

  /// As JSON with sorted keys.
  public var contentDescription: String { JSON.text(self) }

  /// - Parameter epochs: the epochs of the training; `nil` if they are unknown.
  /// - Throws: ``OptimizerError`` if the decay is out of range, or the average begins after the training.
  func validate(epochs: Int?) throws {
    switch rule {
    case .ema(let decay): try OptimizerError.check(name, "decay", decay, .proportion)
    case .swa(let epoch):
      guard epoch >= 1, epoch <= epochs ?? epoch else {
        throw OptimizerError(fact: .averagingStart(found: epoch, epochs: epochs), optimizer: name)
      }
    }
  }

  /// The number of averaged weights after an epoch, counted from 1.
  ///
  /// - Parameter updates: optimizer updates in an epoch.
  func count(afterEpoch epoch: Int, updates: Int) -> Int {
    switch rule {
    case .ema: epoch * updates
    case .swa(let first): max(0, epoch - first + 1)
    }
  }
}
