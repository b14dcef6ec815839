/// The progress of training, reported after every batch.
public struct BatchProgress: Sendable {
  /// The current epoch, counted from 1.
  public var epoch: Int
  /// The number of planned epochs.
  public var epochs: Int
  /// The batch that has ended, counted from 1 within the epoch.
  public var batch: Int
  /// The number of batches per epoch.
  public var batches: Int
  /// Training images per second in this epoch.
  public var imagesPerSecond: Double
  /// Running means over the epoch so far.
  public var score: Score
  /// The estimated time left for the whole run, in seconds.
  public var secondsLeft: Double
  /// The learning rate of the next batch; `nil` if it is unknown.
  public var learningRate: Double?

  /// The running mean of the loss.
  public var loss: Double { score.loss }
}
