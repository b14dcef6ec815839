import Cells
import Foundation
import Neural
import Support

/// A value's content, independent of what computed it: equal contents mean equal values.
///
/// Models are references whose weights change, so they are handled separately. The text contains a number for each,
/// the same for the same model.
struct ValueContent {
  /// A canonical text. A part without content of its own (a function or custom schedule) is represented by its
  /// origin.
  private(set) var text = ""
  private(set) var models: [Model] = []
  /// ``ImageData/contentDigest`` of the data in the value.
  private(set) var dataDigests: [String] = []
  /// Whether a part can only be recreated by running its cell and depends on more than its own content.
  private(set) var isOpaque = false
  /// Whether a part is identified only by its origin.
  private(set) var hasOrigin = false
  /// Whether the value contains a function with state, so that calling it may change the value.
  private(set) var hasState = false

  /// - Parameter origin: identifies values without content: the key of the step that created them.
  init(_ value: Value, origin: String) { add(value, origin) }

  private mutating func add(_ value: Value, _ origin: String) {
    switch value {
    case .int(let x): text += "i\(x);"
    case .double(let x): text += "d\(x.bitPattern);"
    case .float(let x): text += "f\(x.bitPattern);"
    case .bool(let x): text += x ? "t;" : "n;"
    case .string(let x): text += "s\(x.utf8.count):\(x);"
    case .void: text += "v;"
    case .array(let list): add(list, "a", origin)
    case .tuple(let list, let labels): add(list, "u" + labels.map { $0 ?? "" }.joined(separator: ","), origin)
    case .structure(let value):
      add(value.fields, "r\(value.type)<\(value.labels.joined(separator: ","))>", origin)
    case .enumeration(let value):
      let labels = value.labels.map { $0 ?? "" }.joined(separator: ",")
      add(value.payload, "m\(value.type).\(value.name)<\(labels)>", origin)
    case .set(let set): add(set.elements, "z", origin)
    case .dictionary(let entries):
      add(entries.keys, "k", origin)
      add(entries.values, "e", origin)
    case .optional(let wrapped): add(wrapped.map { [$0] } ?? [], "o", origin)
    case .range(let low, let high, let isClosed): add([low, high], isClosed ? "c" : "h", origin)
    case .function(let closure):
      addOpaque(origin)
      hasState = hasState || closure.capturesChanging || closure.capturedValues.contains { Self.hasState($0) }
    case .host(let value, let type): add(host: value, type, origin)
    }
  }

  private mutating func add(_ list: [Value], _ kind: String, _ origin: String) {
    text += "\(kind)\(list.count)("
    for value in list { add(value, origin) }
    text += ")"
  }

  /// Whether a captured value may change: a model can be trained, and a function may have state.
  private static func hasState(_ value: Value, depth: Int = 0) -> Bool {
    // Functions that capture themselves would recurse forever.
    if depth > 8 { return true }
    if case .function(let closure) = value {
      return closure.capturesChanging || closure.capturedValues.contains { hasState($0, depth: depth + 1) }
    }
    return value.parts.contains { hasState($0, depth: depth + 1) } || value.isModel
  }

  private mutating func addOpaque(_ origin: String) {
    isOpaque = true
    addOrigin(origin)
  }

  private mutating func addOrigin(_ origin: String) {
    hasOrigin = true
    text += "?\(origin);"
  }

  private mutating func add(host value: any Sendable, _ type: String, _ origin: String) {
    text += "\(type)="
    switch value {
    case let model as Model:
      let number = models.firstIndex { $0 === model } ?? models.count
      if number == models.count { models.append(model) }
      text += "m\(number);"
    case let data as ImageData:
      // Without SHA-256, use a unique text, so that no two values are considered equal.
      let digest = (try? data.contentDigest) ?? UUID().uuidString
      dataDigests.append(digest)
      text += digest + ";"
    case let schedule as Schedule where schedule.contentDescription == nil: addOpaque(origin)
    case let evaluation as Evaluation: text += KeptEvaluation(evaluation).text + ";"
    case let content as any Encodable: text += JSON.text(content) + ";"
    // A host value without content of its own is identified by the step that created it: nothing else changes it.
    default: addOrigin(origin)
    }
  }

  /// The SHA-256 of the text.
  var digest: String { Self.digest(of: text) }

  static func digest(of text: String) -> String {
    // Without SHA-256, use a unique text, so that no two values are considered equal.
    (try? Digest.hex(.sha256, of: Array(text.utf8))) ?? UUID().uuidString
  }
}

extension Model {
  /// ``contentDigest``; without SHA-256, a unique text.
  var fingerprint: String { (try? contentDigest) ?? UUID().uuidString }
}

extension Value {
  /// The values that it contains.
  fileprivate var parts: [Value] {
    switch self {
    case .array(let list), .tuple(let list, _): list
    case .structure(let value): value.fields
    case .enumeration(let value): value.payload
    case .dictionary(let entries): entries.keys + entries.values
    case .optional(let wrapped): wrapped.map { [$0] } ?? []
    default: []
    }
  }

  fileprivate var isModel: Bool { if case .host(let value, _) = self { value is Model } else { false } }

  /// A readable form of a simple value, as in `epochs changed 50 → 60`; `nil` for others.
  var shortText: String? {
    switch self {
    case .int, .double, .float, .bool: description
    case .string(let text): text.count <= 30 ? "\"\(text)\"" : nil
    default: nil
    }
  }
}
