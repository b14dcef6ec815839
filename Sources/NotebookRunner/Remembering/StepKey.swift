import Formats
import Foundation

/// What a step's result depends on: equal keys, equal results.
///
/// Its parts are kept as well, to say what changed where the keys of two runs differ.
struct StepKey: Codable, Sendable, Hashable {
  /// A name of an earlier cell that the step reads, and its content.
  struct Input: Codable, Sendable, Hashable {
    var name: String
    var digest: String
    /// For people, of simple values.
    var text: String?
  }

  /// The code without whitespace and comments, shortened to its digest.
  var code: String
  /// The cell's own parameters, in order.
  var parameters: [Input]
  /// By name.
  var inputs: [Input]
  /// Everything from outside of the notebook: seed, precision, files. By name.
  var surroundings: [Input]

  /// SHA-256 over all parts.
  var digest: String {
    var text = "step 2\n\(code)\n"
    for input in parameters { text += "\(input.name)=\(input.digest)\n" }
    text += "\n"
    for input in inputs { text += "\(input.name)=\(input.digest)\n" }
    text += "\n"
    for input in surroundings { text += "\(input.name)=\(input.digest)\n" }
    return ValueContent.digest(of: text)
  }

  /// Of what trainings in the step depend on: not the notebook's name, nor what stands before it.
  var contentDigest: String {
    var key = self
    key.surroundings.removeAll { Surroundings.isPlace($0.name) }
    return key.digest
  }

  /// Why this step's result is not that of an earlier run: `epochs changed 50 → 60`.
  ///
  /// - Parameter makers: the steps that give a name its value, for those that will be run.
  func reason(since earlier: StepKey, makers: [String: String]) -> String? {
    var reasons: [String] = []
    // A parameter's value is part of the code; it says more than that the code changed.
    let isOnlyCode = parameters == earlier.parameters || parameters.count != earlier.parameters.count
    if code != earlier.code, isOnlyCode { reasons.append("its code changed") }
    for (part, before) in [
      (parameters, earlier.parameters), (inputs, earlier.inputs), (surroundings, earlier.surroundings),
    ] {
      let old = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
      for input in part {
        guard let was = old[input.name] else {
          if code == earlier.code { reasons.append("\(input.name) is new") }
          continue
        }
        guard was.digest != input.digest else { continue }
        if let from = was.text, from == input.text {
          reasons.append("\(input.name) = \(from) is given in another place")
        } else if let maker = makers[input.name], input.text == nil {
          reasons.append("'\(maker)' makes \(input.name) anew")
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
