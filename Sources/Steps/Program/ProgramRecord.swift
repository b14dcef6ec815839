import Neural
import Support

/// A program's `run.json`. Its metrics have the names and values of those of `quire run`.
struct ProgramRecord: Encodable {
  struct InlineValue: Encodable {
    var line: Int
    var expression: String
    var value: String
  }
  struct Provenance: Encodable {
    var notebook: String
    var notebookSHA256: String
    var seed: UInt64
    var threads: Int
    var precision: String
  }

  var status = "running"
  var error: String?
  var parameters: [String: String] = [:]
  /// The values of inline expressions, in order.
  var values: [InlineValue] = []
  var provenance: Provenance
  var metrics: RunMetrics

  private enum Key: String, CodingKey { case status, error, parameters, values, provenance }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(status, forKey: .status)
    try container.encodeIfPresent(error, forKey: .error)
    try container.encode(parameters, forKey: .parameters)
    try container.encode(values, forKey: .values)
    try container.encode(provenance, forKey: .provenance)
    try metrics.encode(to: encoder)
  }

  var json: String { JSON.text(self) }
}
