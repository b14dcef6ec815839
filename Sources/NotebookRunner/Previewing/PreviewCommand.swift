import Foundation
import Support

/// A request of a reader of the preview.
public enum PreviewCommand: Sendable, Hashable {
  /// Stop the run after the current batch; what was done is kept.
  case stop
  /// Run the notebook: restore what is cached, resume what was stopped.
  case run
  /// Run this step and those after it, although their results are cached. Finished trainings are not repeated.
  case runFrom(anchor: String)
  /// Answer the question with this number: run the edited notebook, or keep the training.
  case answer(question: Int, runs: Bool)
  /// Replace parameters, as `-p` does, until the preview ends.
  case set([String: String])
  /// Write the replaced parameters into the notebook.
  case writeParameters
  /// Whether the notebook is run when it is saved.
  case runOnSave(Bool)

  /// Reads `{"command": "stop"}`.
  ///
  /// - Returns: `nil` for anything else than a command.
  public init?(json: String) {
    struct Fields: Decodable {
      var command: String
      var anchor: String?
      var question: Int?
      var runs: Bool?
      var values: [String: String]?
    }
    guard let fields = try? JSON.value(Fields.self, from: Array(json.utf8)) else { return nil }
    switch (fields.command, fields.anchor, fields.question, fields.runs, fields.values) {
    case ("stop", _, _, _, _): self = .stop
    case ("run", _, _, _, _): self = .run
    case ("runFrom", let anchor?, _, _, _): self = .runFrom(anchor: anchor)
    case ("answer", _, let question?, let runs?, _): self = .answer(question: question, runs: runs)
    case ("set", _, _, _, let values?): self = .set(values)
    case ("writeParameters", _, _, _, _): self = .writeParameters
    case ("runOnSave", _, _, let runs?, _): self = .runOnSave(runs)
    default: return nil
    }
  }
}
