import Foundation
import Testing

@testable import Neural

@Suite struct TrainingLogTests {
  /// The published run's epochs, parsed from its log.
  static func publishedHistory() throws -> (history: History, text: String) {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/published/training.log")
    let text = try String(contentsOf: path, encoding: .utf8)
    var history = History(
      modelName: "CIFAR10Net", plannedEpochs: 50, batchesPerEpoch: 781, batchSize: 64, imagesPerEpoch: 49984)
    history.patience = 10
    history.target = 0.85
    var best = 0.0
    var since = 0
    for line in text.split(separator: "\n") where line.hasPrefix("Epoch") {
      let numbers = line.split { !"0123456789.".contains($0) }.compactMap { Double($0) }
      since = numbers[5] / 100 > best ? 0 : since + 1
      best = max(best, numbers[5] / 100)
      history.epochs.append(
        EpochRecord(
          epoch: Int(numbers[0]), trainLoss: numbers[2], trainAccuracy: numbers[3] / 100,
          testLoss: numbers[4],
          testAccuracy: numbers[5] / 100, learningRate: numbers[6], seconds: numbers[7], isBest: since == 0,
          epochsWithoutImprovement: since))
    }
    return (history, text)
  }

  @Test func theLogHasThePublishedFormCharacterForCharacter() throws {
    let (history, text) = try Self.publishedHistory()
    #expect(history.epochs.count == 50)
    #expect(
      history.logText.trimmingCharacters(in: .newlines) == text.trimmingCharacters(in: .newlines))
  }

  @Test func theResultBlockHasThePublishedForm() throws {
    let (history, _) = try Self.publishedHistory()
    let published = """
      📊 Training Results:
      ==================================================
      Best Train Accuracy: 81.75%
      Best Test Accuracy: 87.02% ⭐
      Final Train Accuracy: 81.75%
      Final Test Accuracy: 85.52%
      Total Epochs: 50
      Target Achievement: ✅ (85.0%)

      Overfitting Analysis:
      Train-Test Gap: -3.77%
      ✅ Good generalization (Test > Train indicates robust model)
      """
    #expect(history.resultsText.hasPrefix(published + "\n"))
    #expect(history.bestEpoch == 48)
    let ten = try #require(history.lastTen)
    #expect(abs(ten.mean - 0.8600) < 5e-5)
    #expect(abs(ten.standardDeviation - 0.0055) < 5e-5)
  }

  @Test func anEmptyHistoryIsSaidRatherThanDividedByZero() {
    let history = History(
      modelName: "M", plannedEpochs: 3, batchesPerEpoch: 1, batchSize: 1, imagesPerEpoch: 1)
    #expect(history.resultsText == "No epoch has finished yet.")
    #expect(history.imagesPerSecond == 0)
    #expect(history.lastTen == nil)
    #expect(history.csv.split(separator: "\n").count == 1)
  }
}
