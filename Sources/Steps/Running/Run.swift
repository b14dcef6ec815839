import Neural
import Reporting
import Synchronization

/// One run of a notebook as its steps see it: the settings, where results go, and who is told.
///
/// Every step is a method of `Run`, in a file of its own.
///
///     let run = Run(RunSettings(output: "output/demo"), observer: SilentObserver())
///     let data = try run.loadData(.synthetic(), batchSize: 64)
public final class Run: Sendable {
  public let settings: RunSettings
  public let observer: any RunObserver
  /// `nil`: every training starts anew.
  let keeper: (any TrainingKeeper)?
  let memory: MemoryLedger
  private let ledger = Mutex(Ledger())

  /// - Parameter keeper: keeps trainings, so that they go on after a break; `nil`: nothing is kept.
  public init(
    _ settings: RunSettings, observer: any RunObserver, keeper: (any TrainingKeeper)? = nil
  ) {
    self.settings = settings
    memory = MemoryLedger(settings.memoryLimit)
    self.observer = observer
    self.keeper = keeper
  }

  /// What the run has come to so far: for the report's first screen and `run.json`.
  public var results: Ledger { ledger.withLock { $0 } }

  func record(_ change: (inout Ledger) -> Void) { ledger.withLock { change(&$0) } }

  /// Goes on from other results, for example those of a step that was run before.
  public func replaceResults(with results: Ledger) { ledger.withLock { $0 = results } }

  /// Appends a block to the report under the step that is running.
  func append(_ block: ReportBlock) { observer.append(block) }

  /// A warning on the terminal, in the report and in `run.json`.
  func warn(_ text: String) {
    record { $0.warnings.append(text) }
    observer.progress(.warning(text))
    append(.message(.warning, text))
  }
}

/// The settings of a run; the command line's options.
public struct RunSettings: Sendable {
  /// Fixes everything random.
  public var seed: UInt64
  /// At least 1; the results are the same for any number.
  public var threads: Int
  /// What trainings are computed with unless they say otherwise.
  public var precision: Precision
  /// The folder that gets checkpoints, figures and tables.
  public var output: String
  /// The folder given by `--data`, searched before `$QUIRE_DATA` and `./data`.
  public var dataDirectory: String?
  /// Relative paths in steps start here.
  public var workingDirectory: String
  /// A training's state is kept after every so many batches; `nil`: after epochs, and every 15 seconds within them.
  public var checkpointEvery: Int?
  /// Steps that need more memory are refused.
  public var memoryLimit: MemoryLimit

  public init(
    seed: UInt64 = 0, threads: Int = 2, precision: Precision = .float32, output: String,
    dataDirectory: String? = nil,
    workingDirectory: String = ".", checkpointEvery: Int? = nil,
    memoryLimit: MemoryLimit = .ofMachine
  ) {
    self.seed = seed
    self.threads = max(1, threads)
    self.precision = precision
    self.output = output
    self.dataDirectory = dataDirectory
    self.workingDirectory = workingDirectory
    self.checkpointEvery = checkpointEvery
    self.memoryLimit = memoryLimit
  }

  /// Finds data sets for the run.
  public var locator: DatasetLocator { DatasetLocator(given: dataDirectory, base: workingDirectory) }

  /// Where the weights of a training go: one that follows others gets a number.
  func checkpoints(after earlier: Int) -> String { "\(output)/checkpoints" + Self.suffix(after: earlier) }

  static func suffix(after earlier: Int) -> String { earlier == 0 ? "" : "-\(earlier + 1)" }

  /// The files that `loadWeights` looks for, in order.
  func weightFiles(_ path: String) -> [String] {
    path.hasPrefix("/") ? [path] : [resolve(path), "\(output)/\(path)"]
  }

  /// A path from a step, seen from the notebook's folder.
  func resolve(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)"
  }
}

/// Who is told what happens: the terminal, the report.
public protocol RunObserver: Sendable {
  func append(_ block: ReportBlock)
  func progress(_ event: ProgressEvent)
  /// Writes a file of results (`history.csv`, a figure) atomically under the run's output folder.
  func write(_ bytes: [UInt8], to name: String) throws
  /// A step is about to read something from outside of the notebook.
  ///
  /// - Parameter stamp: tells whether it is still the same: ``RunSettings/stamp(of:)``.
  func read(_ input: RunInput, stamp: String)
  /// True once the user asked to stop; steps finish what they are at and throw.
  var shouldStop: Bool { get }
  /// An epoch has ended and its files are written; unless stated, nothing is done.
  func epochEnded()
}

extension RunObserver {
  public func epochEnded() {}
  public func read(_ input: RunInput, stamp: String) {}
}

/// What a running step tells.
public enum ProgressEvent: Sendable {
  case batch(BatchProgress)
  /// An epoch has ended, of so many: `TrainingLog.epochLine` is its line.
  case epoch(EpochRecord, of: Int)
  /// A line worth keeping: a notice.
  case line(String)
  /// A line for whoever watches; left out where the output is no terminal.
  case remark(String)
  /// Something the user must not miss.
  case warning(String)
}

/// What the steps of a run have come to.
public struct Ledger: Sendable, Hashable {
  public var dataset: DatasetFacts?
  public var models: [ModelFacts] = []
  public var histories: [History] = []
  /// What the trainings were computed with, in their order.
  public var precisions: [Precision] = []
  /// How the trainings came about, in their order; also of those that failed before their first epoch ended.
  public var provenances: [TrainingProvenance] = []
  public var evaluations: [Evaluated] = []
  public var requirements: [Requirement] = []
  /// How many figures of each kind were drawn.
  public var figures: [String: Int] = [:]
  /// Every warning given, in order; the report repeats them.
  public var warnings: [String] = []

  /// Before the first step.
  public init() {}

  public struct DatasetFacts: Sendable, Codable, Hashable {
    public var name: String
    public var source: String
    public var isEmbedded: Bool
    public var trainImages: Int
    public var testImages: Int
    public var fingerprint: String
  }
  public struct Evaluated: Sendable, Codable, Hashable {
    public var name: String
    public var split: String
    public var score: Score
  }
  public struct ModelFacts: Sendable, Codable, Hashable {
    public var name: String
    public var parameters: Int
    public var receptiveField: Int
  }
}
