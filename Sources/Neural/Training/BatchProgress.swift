/// Where a running training stands; one a batch.
public struct BatchProgress: Sendable {
  /// Counted from 1.
  public var epoch: Int
  public var epochs: Int
  public var batch: Int
  public var batches: Int
  public var imagesPerSecond: Double
  /// Running means over the epoch so far.
  public var loss: Double
  public var accuracy: Double
  /// Of the whole run.
  public var secondsLeft: Double
}
