import Foundation

/// The metadata of an ONNX file, from which programs learn what its numbers mean.
///
/// Texts are stored as they are, everything else as JSON.
struct ONNXMetadata {
  private(set) var entries: [String: String]

  /// The facts that a model knows about itself.
  init(_ model: Model) {
    entries = [
      "quire_version": Version.current, "model": model.name, "weights": "\(model.weightsOrigin)",
      "output": model.outputKind.text,
    ]
    set("input_shape", model.input.dimensions)
  }

  /// The class names, or the names of the target numbers.
  mutating func add(_ targets: TargetNames) {
    switch targets {
    case .classes(let names): set("class_names", names)
    case .values(let names): set("target_names", names)
    }
  }

  /// The features of a table's rows, and how they are scaled.
  mutating func add(features: [String]) { set("feature_names", features) }

  /// The normalisation of the input: (x − mean) / std, per channel of pixels from 0 to 1, or per feature.
  mutating func add(mean: [Double], std: [Double]) {
    set("mean", mean)
    set("std", std)
  }

  private mutating func set(_ key: String, _ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    entries[key] = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension OutputKind {
  fileprivate var text: String {
    switch self {
    case .logProbabilities: "log-probabilities"
    case .probabilities: "probabilities"
    case .scores: "scores"
    }
  }
}
