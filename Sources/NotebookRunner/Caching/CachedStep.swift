import Neural
import Reporting
import Steps
import Store

/// A step's cached result: everything that readers, the report and later steps can observe, so that the step need
/// not run again.
struct CachedStep: Codable, Sendable {
  /// A name that the step declared or changed.
  struct Name: Codable, Sendable {
    var name: String
    /// The digest of the value's content without its models.
    var digest: String
    /// The value's models, in the order of ``ValueContent/models``.
    var models: [ModelReference]
    var isOpaque: Bool
    /// See ``ValueContent/hasState``.
    var hasState: Bool
    var text: String?
    /// `nil` if the value is recreated by running the cell again.
    var value: CachedValue?
    /// The digests of the data in the value.
    var data: [String]
  }

  /// A place of a model: the n-th in a name's value. A model shared by several names has several places.
  struct Place: Codable, Sendable, Hashable {
    var name: String
    var index: Int
  }

  /// A model that existed before the step, by its place, or one that the step created, by a number local to this
  /// record.
  enum ModelReference: Codable, Sendable, Hashable {
    case found(Place)
    case made(Int)
  }

  /// A model that the step created, or whose weights it changed.
  struct ModelState: Codable, Sendable {
    var model: ModelReference
    /// ``Neural/Model/contentDigest``.
    var content: String
    /// The weights as safetensors; `nil` if the step created the model and its cell initialises it again.
    var weights: ContentDigest?
  }

  /// An input from outside the notebook; the cached step is valid as long as it is unchanged.
  struct Read: Codable, Sendable, Hashable {
    var input: RunInput
    var stamp: String
  }

  /// A file in the run's output folder.
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
  var trainings: [TrainingCache.Used]

  /// The step with other names for the files of its printed texts, which contain the step's position in the notebook.
  func renamingPrinted(to stem: String) -> CachedStep {
    var out = self
    var names: [String: String] = [:]
    for (index, block) in blocks.enumerated() {
      guard case .longText(var text) = block, let file = text.file else { continue }
      // `printed/3-training.2.txt` keeps its number.
      let name = stem + (file.firstIndex(of: ".").map { String(file[$0...]) } ?? "")
      names[file] = name
      text.file = name
      out.blocks[index] = .longText(text)
    }
    for index in files.indices { out.files[index].name = names[files[index].name] ?? files[index].name }
    return out
  }

  /// All blobs that it refers to.
  var blobs: [ContentDigest] { models.compactMap(\.weights) + files.map(\.content) }
}
