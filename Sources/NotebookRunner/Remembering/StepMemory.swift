import Neural
import Reporting
import Steps
import Store

/// What a step gave, kept so that the step need not be run again: all that its readers, the report and the steps after
/// it can see of it.
struct StepMemory: Codable, Sendable {
  /// A name that the step declared or changed.
  struct Name: Codable, Sendable {
    var name: String
    /// Of the value's content, models left out.
    var digest: String
    /// The value's models, in the order of ``ValueContent/models``.
    var models: [ModelReference]
    var isOpaque: Bool
    /// See ``ValueContent/hasState``.
    var hasState: Bool
    var text: String?
    /// `nil` where running the cell again is what makes the value.
    var value: KeptValue?
    /// Digests of the data in it.
    var data: [String]
  }

  /// Where a model is found: the n-th of a name's value. A model has several places where names share it.
  struct Place: Codable, Sendable, Hashable {
    var name: String
    var index: Int
  }

  /// A model as the step met it, or as the step made it: by a number that only this memory knows.
  enum ModelReference: Codable, Sendable, Hashable {
    case found(Place)
    case made(Int)
  }

  /// A model that the step made, or whose weights it changed.
  struct ModelState: Codable, Sendable {
    var model: ModelReference
    /// ``Neural/Model/contentDigest``.
    var content: String
    /// The weights as safetensors; `nil` where the step made the model and its cell draws them again.
    var weights: ContentDigest?
  }

  /// Something outside of the notebook that the step read; the memory holds as long as it is the same.
  struct Read: Codable, Sendable {
    var input: RunInput
    var stamp: String
  }

  /// A file under the run's output folder.
  struct File: Codable, Sendable {
    var name: String
    var content: ContentDigest
  }

  var names: [Name]
  var models: [ModelState]
  var blocks: [ReportBlock]
  var change: LedgerChange
  var files: [File]
  var reads: [Read]
  var seconds: Double
  var trainings: [TrainingMemory.Used]

  /// Everything in the store that it needs.
  var blobs: [ContentDigest] { models.compactMap(\.weights) + files.map(\.content) }
}
