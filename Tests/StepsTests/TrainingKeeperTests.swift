import Foundation
import Neural
import Reporting
import Synchronization
import Testing

@testable import Steps

/// Keeps states in memory, as bytes.
private final class MemoryKeeper: TrainingKeeper {
  struct Full: Error, CustomStringConvertible { var description: String { "the disk is full" } }

  let salt: String?
  let isFull: Bool
  private let kept = Mutex<[TrainingIdentity: (bytes: [UInt8], planned: Int)]>([:])

  init(salt: String? = nil, isFull: Bool = false) { (self.salt, self.isFull) = (salt, isFull) }

  var count: Int { kept.withLock { $0.count } }

  func state(of identity: TrainingIdentity, for recipe: TrainingRecipe) throws -> TrainingState? {
    try kept.withLock { $0[identity]?.bytes }.map { try TrainingState(bytes: $0) }
  }

  func keep(_ state: TrainingState, of identity: TrainingIdentity) throws {
    if isFull { throw Full() }
    let bytes = state.bytes()
    kept.withLock { $0[identity] = (bytes, state.plannedEpochs) }
  }

  func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int] {
    kept.withLock { kept in kept.filter { $0.key.family == identity.family }.map(\.value.planned) }
  }

  func damage() {
    kept.withLock { kept in
      for identity in kept.keys { kept[identity]?.bytes.removeLast() }
    }
  }
}

/// Forwards the messages of a run, and stops it.
private final class Watcher: RunObserver {
  private struct Told {
    var lines: [String] = []
    var warnings: [String] = []
    var files: [String: String] = [:]
    var writes = 0
    var batches = 0
    var epochEnds = 0
  }
  private let told = Mutex(Told())
  private let stopAfter: Int?
  private let writesEpochs: Bool

  init(stopAfter: Int? = nil, writesEpochs: Bool = true) {
    (self.stopAfter, self.writesEpochs) = (stopAfter, writesEpochs)
  }

  var lines: [String] { told.withLock { $0.lines } }
  var warnings: [String] { told.withLock { $0.warnings } }
  var files: [String: String] { told.withLock { $0.files } }
  var writes: Int { told.withLock { $0.writes } }
  var batches: Int { told.withLock { $0.batches } }
  var epochEnds: Int { told.withLock { $0.epochEnds } }
  var shouldStop: Bool { stopAfter.map { batches >= $0 } ?? false }

  func append(_ block: ReportBlock) {}
  func progress(_ event: ProgressEvent) {
    told.withLock {
      switch event {
      case .epoch(let record, let planned): $0.lines.append(record.logLine(of: planned))
      case .line(let text): $0.lines.append(text)
      case .warning(let text): $0.warnings.append(text)
      case .batch: $0.batches += 1
      case .images: break
      default: break
      }
    }
  }
  func write(_ bytes: [UInt8], to name: String) throws {
    told.withLock {
      $0.files[name] = String(decoding: bytes, as: UTF8.self)
      $0.writes += 1
    }
  }
  func epochEnded(files: @escaping @Sendable () throws -> Void) throws {
    told.withLock { $0.epochEnds += 1 }
    if writesEpochs { try files() }
  }
}

@Suite struct TrainingKeeperTests {
  /// The result of one run of a notebook with one training.
  private struct Outcome {
    var history: History?
    var ledger: Ledger
    var watcher: Watcher
    var told: [Int]
    var weights: [String: Tensor]
    var best: Data?
  }

  private func run(
    _ keeper: (any TrainingKeeper)?, epochs: Int = 3, stopAfter: Int? = nil, target: Double? = nil,
    schedule: Schedule = .constant, writesEpochs: Bool = true
  ) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.path + "/quire-keeper-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let watcher = Watcher(stopAfter: stopAfter, writesEpochs: writesEpochs)
    let run = Run(RunSettings(seed: 1, threads: 1, output: folder), observer: watcher, keeper: keeper)
    let data = try run.loadData(.synthetic(train: 60, test: 20), batchSize: 20)
    let layers: [any Layer] = [AdaptiveAvgPool2d(1), Flatten(), Linear(3, 10), LogSoftmax()]
    let model = try run.buildModel("M", elements: layers.map { LayerElement($0) })
    var told: [Int] = []
    let history = try? run.train(
      model, on: data, epochs: epochs, schedule: schedule, target: target,
      onEpoch: writesEpochs ? { told.append($0.epoch) } : nil)
    return Outcome(
      history: history, ledger: run.results, watcher: watcher, told: told, weights: model.state,
      best: FileManager.default.contents(atPath: folder + "/checkpoints/best.safetensors"))
  }

  /// The history without times.
  private func columns(_ outcome: Outcome) -> [[Substring]]? {
    outcome.watcher.files["history.csv"]?.split(separator: "\n").map {
      let cells = $0.split(separator: ",")
      return Array(cells[..<6]) + cells[7...]
    }
  }

  @Test func anInterruptedTrainingGoesOnByItself() throws {
    let whole = try run(nil)
    let keeper = MemoryKeeper()
    let first = try run(keeper, stopAfter: 5)
    #expect(first.history == nil)
    let second = try run(keeper)
    #expect(second.watcher.lines.first == "Resumed in epoch 2 of 3, after batch 2 of 3")
    #expect(second.watcher.batches == 4)
    #expect(second.weights == whole.weights && second.best == whole.best)
    #expect(second.told == [1, 2, 3])
    #expect(columns(second) == columns(whole) && columns(whole)?.count == 4)
    #expect(second.ledger.histories.count == 1)
    #expect(second.ledger.histories.first?.trainEvaluation == whole.ledger.histories.first?.trainEvaluation)
    // The files of the previous epoch, and of two that have now ended.
    #expect(second.watcher.epochEnds == 3)
    #expect(second.watcher.lines.count == 3)
  }

  /// A page that is not yet due leaves an epoch's files for later; rewriting them after each of a thousand short epochs
  /// took minutes.
  @Test func filesOfShortEpochsAreCompleteAtTheEnd() throws {
    let whole = try run(nil, writesEpochs: false)
    #expect(whole.watcher.writes == 2 && columns(whole)?.count == 4)
    let stopped = try run(nil, stopAfter: 7, writesEpochs: false)
    #expect(stopped.history == nil)
    #expect(stopped.watcher.writes == 2 && columns(stopped)?.count == 3)
  }

  @Test func whatWasTrainedIsRestoredWithItsFiles() throws {
    let keeper = MemoryKeeper()
    let first = try run(keeper)
    let again = try run(keeper, target: 0.01)
    #expect(
      again.watcher.lines == ["Restored all 3 epochs from the checkpoint"])
    #expect(again.watcher.batches == 0)
    #expect(again.weights == first.weights && again.best == first.best)
    #expect(again.watcher.files == first.watcher.files)
    #expect(again.told == [1, 2, 3])
    #expect(again.history?.target == 0.01)
    #expect(again.history?.epochs == first.history?.epochs)
    #expect(again.ledger.histories.map(\.epochs) == first.ledger.histories.map(\.epochs))
    let more = try run(keeper, epochs: 4)
    #expect(more.watcher.lines.first == "Resumed after epoch 3 of 4")
    #expect(try more.weights == run(nil, epochs: 4).weights)
    let fewer = try run(keeper, epochs: 2)
    #expect(
      fewer.watcher.lines.first
        == "Starting the training over; cannot resume: the saved state already has 4 epochs, but only 2 were requested"
    )
    #expect(try fewer.weights == run(nil, epochs: 2).weights)
  }

  @Test func aFittedScheduleSaysWhyItStartsAnew() throws {
    let keeper = MemoryKeeper()
    let schedule = Schedule.oneCycle(maxLR: 0.1)
    _ = try run(keeper, epochs: 2, schedule: schedule)
    let other = try run(keeper, epochs: 3, schedule: schedule)
    #expect(
      other.watcher.lines.first
        == "Starting the training over; cannot resume: schedule OneCycleLR depends on the "
        + "number of epochs, which changed from 2 to 3")
    #expect(try other.weights == run(nil, epochs: 3, schedule: schedule).weights)
    #expect(keeper.count == 2)
  }

  @Test func customSchedulesAreKeptBySaltOnly() throws {
    let schedule = Schedule.custom { 0.01 / Double($0 + 1) }
    let without = MemoryKeeper()
    _ = try run(without, schedule: schedule)
    #expect(without.count == 0)
    let salted = MemoryKeeper(salt: "0.01 / Double(step + 1)")
    _ = try run(salted, stopAfter: 4, schedule: schedule)
    let resumed = try run(salted, schedule: schedule)
    #expect(resumed.watcher.batches == 5)
    #expect(try resumed.weights == run(nil, schedule: schedule).weights)
  }

  @Test func whatIsDamagedIsWarnedOfAndTrainedAnew() throws {
    let keeper = MemoryKeeper()
    let first = try run(keeper)
    keeper.damage()
    let again = try run(keeper)
    #expect(again.watcher.warnings.count == 1)
    #expect(
      again.watcher.warnings.first?.hasPrefix(
        "starting the training over; cannot resume: training state, byte ") == true)
    #expect(again.weights == first.weights)
    #expect(again.ledger.warnings == again.watcher.warnings)
  }

  @Test func aFullDiskIsWarnedOfOnceAndEndsNothing() throws {
    let outcome = try run(MemoryKeeper(isFull: true))
    #expect(outcome.history?.epochs.count == 3)
    #expect(
      outcome.watcher.warnings == [
        "cannot save a checkpoint: the disk is full; if training is interrupted, it will start over"
      ])
  }
}
