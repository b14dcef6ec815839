import CellCatalogue
import Foundation
import Neural
import Synchronization

/// Rehearses the steps of a run without running them: data is found but not read, models are built without weights,
/// training runs are checked and their memory is computed, but nothing is trained or written.
///
/// Every method has the name of its step and throws the errors that the step would throw, as far as they can be
/// known.
///
///     let run = RehearsedRun(settings)
///     let data = try run.loadData(.cifar10, batchSize: 64, dropLast: true)
///     try run.train(model, on: data, TrainingRecipe(epochs: 50))
///     run.takeRemarks()
public final class RehearsedRun: Sendable {
  /// A remark about a step that is valid but perhaps not intended.
  public struct Remark: Sendable, Hashable {
    /// A stable identifier for tools, e.g. `schedule-shorter`.
    public var code: String
    /// The message.
    public var message: String
    /// The parameter of the step that the remark is about.
    public var parameter: String
  }

  struct State {
    var remarks: [Remark] = []
    var trainings: [TrainingOutline] = []
    var networks: [NetworkOutline] = []
    var imageFolders: [DataOutline] = []
    /// Files of weights that the run will write, by full path.
    var written: [String: Model] = [:]
    /// Whether steps that write files may run without the rehearsal knowing.
    var mayWriteMore = false
  }

  /// The settings of the run.
  public let settings: RunSettings
  let memory: MemoryLedger
  let state = Mutex(State())

  /// Whether data sets cannot be found because the folder to search is at fault, which has been reported.
  let isDataUnknown: Bool

  /// Creates a rehearsal that has run no steps.
  ///
  /// - Parameter isDataUnknown: whether data sets in files are unknown.
  public init(_ settings: RunSettings, isDataUnknown: Bool = false) {
    self.settings = settings
    self.isDataUnknown = isDataUnknown
    memory = MemoryLedger(settings.memoryLimit)
  }

  /// The memory for a training, including all of the notebook's data.
  public func needs(_ training: TrainingOutline) -> MemoryNeeds { memory.needs(training) }

  /// All trainings, in the order in which they will run.
  public var trainings: [TrainingOutline] { state.withLock { $0.trainings } }

  /// The data of all image folders, in the order in which they will be loaded.
  public var imageFolders: [DataOutline] { state.withLock { $0.imageFolders } }

  /// Returns and clears the remarks since the last call.
  public func takeRemarks() -> [Remark] {
    state.withLock { state in
      defer { state.remarks = [] }
      return state.remarks
    }
  }

  func remark<T>(_ code: String, _ message: String, at parameter: Parameter<T>) {
    state.withLock { $0.remarks.append(Remark(code: code, message: message, parameter: parameter.name)) }
  }

  /// Records that the run may write weights under names that are not known yet.
  package func mayWriteMore() { state.withLock { $0.mayWriteMore = true } }
}

/// The absolute path, for comparisons.
func fullPath(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
