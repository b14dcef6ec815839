import Formats
import Neural

extension Model {
  var contentDigest: String {
    (try? Digest.hex(.sha256, of: Checkpoint(of: self, metadata: ["name": name]).contents.bytes())) ?? ""
  }
}

extension ImageData {
  var contentDigest: String {
    "\(dataset.fingerprint) \(batchSize) \(dropLast) \(hasValidation) \(pipeline.augmentations.map(\.description)) \(train.count)"
  }
}

extension Schedule {
  var contentDescription: String? { name == "custom" ? nil : JSON.text(self) }
}
