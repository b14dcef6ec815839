import CellCatalogue
import Foundation
import Neural
import Synchronization

/// What the steps of a run would come to, told without running them: data is found but not read, models are laid out
/// but get no weights, trainings are checked and measured up but not started. Nothing is written.
///
/// Every method has the name of the step it stands for and throws what the step would, as far as that can be known.
///
///     let run = RehearsedRun(settings)
///     let data = try run.loadData(.cifar10, batchSize: 64, dropLast: true)
///     try run.train(model, on: data, TrainingRecipe(epochs: 50))
///     run.takeRemarks()
public final class RehearsedRun: Sendable {
  /// What is no fault of the run, but worth a look.
  public struct Remark: Sendable, Hashable {
    /// Stable, for tools: `schedule-shorter`.
    public var code: String
    public var message: String
    /// The step's parameter that it is about.
    public var parameter: String
  }

  struct State {
    var remarks: [Remark] = []
    var trainings: [TrainingOutline] = []
    /// Files of weights that the run will have written, by their full path.
    var written: [String: Model] = [:]
    /// Whether steps that write files may run without it being known.
    var mayWriteMore = false
  }

  public let settings: RunSettings
  let memory: MemoryLedger
  let state = Mutex(State())

  public init(_ settings: RunSettings) {
    self.settings = settings
    memory = MemoryLedger(settings.memoryLimit)
  }

  /// What a training needs, with all the data of the notebook.
  public func needs(_ training: TrainingOutline) -> MemoryNeeds { memory.needs(training) }

  /// Every training, in the order in which they will run.
  public var trainings: [TrainingOutline] { state.withLock { $0.trainings } }

  /// The remarks since the last call.
  public func takeRemarks() -> [Remark] {
    state.withLock { state in
      defer { state.remarks = [] }
      return state.remarks
    }
  }

  func remark<T>(_ code: String, _ message: String, at parameter: Parameter<T>) {
    state.withLock { $0.remarks.append(Remark(code: code, message: message, parameter: parameter.name)) }
  }

  /// Notes that the run may write weights under names that are not known yet.
  package func mayWriteMore() { state.withLock { $0.mayWriteMore = true } }
}

/// Where files of a run lie, for comparing.
func fullPath(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
