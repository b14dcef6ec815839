import Neural
import Reporting
import Synchronization

/// One run of a notebook from the perspective of its steps: the settings, the results so far, and the observer.
///
/// Every step is a method of `Run`, in its own file.
///
///     let run = Run(RunSettings(output: "output/demo"), observer: SilentObserver())
///     let data = try run.loadData(.synthetic(), batchSize: 64)
public final class Run: Sendable {
  /// The settings.
  public let settings: RunSettings
  /// The observer that receives results and progress.
  public let observer: any RunObserver
  /// Saves trainings; `nil` starts every training from the beginning.
  let keeper: (any TrainingKeeper)?
  /// Saves the prepared images of folders; `nil` decodes them in every run.
  let images: (any PreparedImageCache)?
  let memory: MemoryLedger
  private let ledger = Mutex(Ledger())

  /// Creates a run without results.
  ///
  /// - Parameters:
  ///   - keeper: saves trainings, so that they can be resumed; `nil` saves nothing.
  ///   - images: saves the prepared images of folders; `nil` saves nothing.
  public init(
    _ settings: RunSettings, observer: any RunObserver, keeper: (any TrainingKeeper)? = nil,
    images: (any PreparedImageCache)? = nil
  ) {
    self.settings = settings
    memory = MemoryLedger(settings.memoryLimit)
    self.observer = observer
    self.keeper = keeper
    self.images = images
  }

  /// The results so far, for the report's first screen and `run.json`.
  public var results: Ledger { ledger.withLock { $0 } }

  func record(_ change: (inout Ledger) -> Void) { ledger.withLock { change(&$0) } }

  /// Replaces the results, for example by those of a step that was run earlier.
  public func replaceResults(with results: Ledger) { ledger.withLock { $0 = results } }

  /// Appends a block to the report below the running step.
  func append(_ block: ReportBlock) { observer.append(block) }

  /// Reports a warning on the terminal, in the report and in `run.json`.
  func warn(_ text: String) {
    record { $0.warnings.append(text) }
    observer.progress(.warning(text))
    append(.message(.warning, text))
  }
}

/// The settings of a run, from the command line.
public struct RunSettings: Sendable {
  /// The random seed.
  public var seed: UInt64
  /// The number of threads, at least 1; results do not depend on it.
  public var threads: Int
  /// The default numeric precision for training.
  public var precision: Precision
  /// The folder for checkpoints, figures and tables.
  public var output: String
  /// The folder given by `--data`, searched before `$QUIRE_DATA` and `./data`.
  public var dataDirectory: String?
  /// The folder that relative paths in steps refer to.
  public var workingDirectory: String
  /// How often to save training state, in batches; `nil` saves after each epoch and every 15 s.
  public var checkpointEvery: Int?
  /// The maximum memory; a step that needs more fails before it starts.
  public var memoryLimit: MemoryLimit

  /// Creates settings.
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

  /// The folder for the weights of a training; later trainings get a number.
  func checkpoints(after earlier: Int) -> String { "\(output)/checkpoints" + Self.suffix(after: earlier) }

  static func suffix(after earlier: Int) -> String { earlier == 0 ? "" : "-\(earlier + 1)" }

  /// The paths where `loadWeights` searches, in order.
  func weightFiles(_ path: String) -> [String] {
    path.hasPrefix("/") ? [path] : [resolve(path), "\(output)/\(path)"]
  }

  /// The path from a step, resolved relative to the notebook's folder.
  func resolve(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)"
  }
}

/// Receives the events of a run, for the terminal and the report.
public protocol RunObserver: Sendable {
  func append(_ block: ReportBlock)
  func progress(_ event: ProgressEvent)
  /// Writes a result file (`history.csv`, a figure) atomically to the run's output folder.
  func write(_ bytes: [UInt8], to name: String) throws
  /// Called before a step reads something from outside the notebook.
  ///
  /// - Parameter stamp: identifies the version read: ``RunSettings/stamp(of:)``.
  func read(_ input: RunInput, stamp: String)
  /// Whether the user asked to stop; steps then finish the current batch or image and throw.
  var shouldStop: Bool { get }
  /// Called after an epoch has ended.
  ///
  /// - Parameter files: writes the files that grow by the epoch. The observer may call it later, or never if another
  ///   epoch ends first: rewriting them after each of a thousand short epochs takes longer than training. The step itself
  ///   writes them when it ends. By default, it is called at once.
  /// - Throws: what `files` throws, now or at the next call.
  func epochEnded(files: @escaping @Sendable () throws -> Void) throws
}

extension RunObserver {
  public func epochEnded(files: @escaping @Sendable () throws -> Void) throws { try files() }
  public func read(_ input: RunInput, stamp: String) {}
}

/// The progress of a running step.
public enum ProgressEvent: Sendable {
  /// A batch was trained or evaluated.
  case batch(BatchProgress)
  /// This many images of a folder are ready.
  case images(Int, of: Int)
  /// An epoch of this many has ended; ``EpochRecord/logLine(of:)`` formats it.
  case epoch(EpochRecord, of: Int)
  /// A message that is kept in logs.
  case line(String)
  /// A message for interactive terminals only.
  case remark(String)
  /// A warning.
  case warning(String)
}

/// The results of a run's steps.
public struct Ledger: Sendable, Hashable {
  /// The loaded data set.
  public var dataset: DatasetFacts?
  /// The summarised models, in order.
  public var models: [ModelFacts] = []
  /// The histories of the trainings, in order.
  public var histories: [History] = []
  /// The precision of each training, in order.
  public var precisions: [Precision] = []
  /// How each training was resumed or ended, in order; also for trainings that failed in their first epoch.
  public var provenances: [TrainingProvenance] = []
  /// The evaluations, in order.
  public var evaluations: [Evaluated] = []
  /// The checked requirements.
  public var requirements: [Requirement] = []
  /// The number of figures drawn, by kind.
  public var figures: [String: Int] = [:]
  /// All warnings, in order; the report repeats them.
  public var warnings: [String] = []

  /// Creates empty results.
  public init() {}

  /// Facts about a data set.
  public struct DatasetFacts: Sendable, Codable, Hashable {
    /// The data set's name, e.g. `CIFAR-10`.
    public var name: String
    /// A description of its source, for the report.
    public var source: String
    /// Whether it is the embedded data set.
    public var isEmbedded: Bool
    /// The number of training images.
    public var trainImages: Int
    /// The number of validation images; `nil` without a validation split.
    public var validationImages: Int?
    /// The number of test images.
    public var testImages: Int
    /// The files of an image folder that are not in the data set, counted; `nil` if there are none.
    public var skippedFiles: String?
    /// The digest of the images and labels.
    public var fingerprint: String
  }
  /// The result of an evaluation.
  public struct Evaluated: Sendable, Codable, Hashable {
    /// The model's name.
    public var name: String
    /// The images that the model was evaluated on.
    public var split: Split
    /// The loss and the metrics.
    public var score: Score
    /// Where the model's weights came from.
    public var weights: WeightsOrigin
    /// The variants of each image over which the outputs were averaged; `nil` for none.
    public var testTimeAugmentation: TestTimeAugmentation?
    /// Metrics of a classification beyond accuracy; `nil` for a regression.
    public var metrics: ClassificationMetrics?
    /// The confusion matrix of a classification with at most ``mostClasses`` classes.
    public var confusion: ConfusionMatrix?

    /// The number of classes up to which the confusion matrix is recorded: that of 1,000 classes is a million numbers.
    public static let mostClasses = 100
  }
  /// Facts about a model.
  public struct ModelFacts: Sendable, Codable, Hashable {
    /// The model's name.
    public var name: String
    /// The number of trainable parameters.
    public var parameters: Int
    /// The receptive field in pixels.
    public var receptiveField: Int
  }
}
