import Foundation
import Support

/// Everything that a step's result depends on: equal keys mean equal results.
///
/// The parts are stored too, to explain why the keys of two runs differ.
struct StepKey: Codable, Sendable, Hashable {
  /// A name of an earlier cell that the step reads, with its content.
  struct Input: Codable, Sendable, Hashable {
    var name: String
    var digest: String
    /// A readable form of simple values.
    var text: String?
  }

  /// The digest of the code without whitespace and comments.
  var code: String
  /// The cell's own parameters, in order.
  var parameters: [Input]
  /// The inputs, sorted by name.
  var inputs: [Input]
  /// Everything outside the notebook (seed, precision, files), sorted by name.
  var environment: [Input]

  private enum CodingKeys: String, CodingKey {
    case code, parameters, inputs
    case environment = "surroundings"
  }

  /// The SHA-256 of all parts.
  var digest: String {
    var text = "step 2\n\(code)\n"
    for input in parameters { text += "\(input.name)=\(input.digest)\n" }
    text += "\n"
    for input in inputs { text += "\(input.name)=\(input.digest)\n" }
    text += "\n"
    for input in environment { text += "\(input.name)=\(input.digest)\n" }
    return ValueContent.digest(of: text)
  }

  /// The digest for the step's trainings: without the notebook's name and the step's position.
  var contentDigest: String {
    var key = self
    key.environment.removeAll { RunEnvironment.isPlace($0.name) }
    return key.digest
  }

  /// The reason why this step cannot use the result of an earlier run: `epochs changed 50 → 60`.
  ///
  /// - Parameter makers: for names set by steps that will run, those steps.
  func reason(since earlier: StepKey, makers: [String: String]) -> String? {
    var reasons: [String] = []
    // A parameter's value is part of the code; the value says more than "the code changed".
    let isOnlyCode = parameters == earlier.parameters || parameters.count != earlier.parameters.count
    if code != earlier.code, isOnlyCode { reasons.append("code changed") }
    for (part, before) in [
      (parameters, earlier.parameters), (inputs, earlier.inputs), (environment, earlier.environment),
    ] {
      let old = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
      for input in part {
        guard let was = old[input.name] else {
          if code == earlier.code { reasons.append("\(input.name) is new") }
          continue
        }
        guard was.digest != input.digest else { continue }
        if let from = was.text, from == input.text {
          reasons.append("\(input.name) is still \(from) but is now set elsewhere (notebook or -p)")
        } else if let maker = makers[input.name], input.text == nil {
          reasons.append("'\(maker)' re-creates \(input.name)")
        } else if let from = was.text, let to = input.text {
          reasons.append("\(input.name) changed \(from) → \(to)")
        } else {
          reasons.append("\(input.name) changed")
        }
      }
    }
    return reasons.isEmpty ? nil : reasons.prefix(3).joined(separator: ", ")
  }
}
