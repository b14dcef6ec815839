import Cells
import Diagnostics
import Exporting

/// A parameter of the notebook as a field of the preview's form.
struct ParameterField: Encodable, Hashable, Sendable {
  enum Kind: String, Encodable, Sendable { case boolean, choice, integer, number, text }

  let name: String
  let kind: Kind
  /// The value in effect, as `-p` takes it.
  let value: String
  /// Whether the value replaces the notebook's.
  let isReplaced: Bool
  /// The valid values, as `quire describe` prints them for the arguments that the parameter is passed to.
  let validValues: String?
  /// The values of a choice: the texts that the notebook's `switch` over the parameter handles.
  let choices: [String]?

  /// The fields of a notebook, in the order of its parameters cell.
  static func all(in notebook: CheckedNotebook) -> [ParameterField] {
    let facts = notebook.cells.sorted { $0.key < $1.key }.map(\.value.facts)
    var ranges: [String: String] = [:]
    for call in facts.flatMap(\.calls) {
      for argument in call.arguments {
        guard case .name(let name) = argument.value, let range = argument.validValues else { continue }
        ranges[name] = range
      }
    }
    return notebook.parameters.map { parameter in
      let texts = facts.flatMap(\.selections).filter { $0.name == parameter.name }.flatMap(\.texts)
      return ParameterField(parameter, validValues: ranges[parameter.name], texts: texts)
    }
  }
}

extension ParameterField {
  /// - Parameter texts: the texts that the notebook compares the parameter with.
  fileprivate init(_ parameter: CellParameter, validValues: String?, texts: [String]) {
    name = parameter.name
    value = parameter.value.inlineText
    isReplaced = parameter.isOverridden
    self.validValues = validValues
    // The notebook's `default` may handle the value.
    let all = texts.contains(value) ? texts : [value] + texts
    choices = texts.isEmpty ? nil : all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    kind = choices == nil ? Kind(parameter.value) : .choice
  }
}

extension ParameterField.Kind {
  fileprivate init(_ value: Value) {
    self =
      switch value {
      case .bool: .boolean
      case .int: .integer
      case .double: .number
      default: .text
      }
  }
}

extension CheckedNotebook {
  /// The notebook's bytes with the replaced parameters written into its parameters cell.
  ///
  /// - Returns: `nil` if a literal cannot be replaced because it spans several lines.
  func writingParameters() -> [UInt8]? {
    var edits: [FixIt] = []
    for parameter in parameters where parameter.isOverridden {
      guard let place = parameter.literal else { return nil }
      edits.append(FixIt("write '\(parameter.name)'", place, parameter.value.literalText))
    }
    return SourceEdits.apply(edits, to: document.bytes).bytes
  }
}

extension Value {
  /// The value as a literal of a cell.
  fileprivate var literalText: String {
    switch self {
    case .string(let text): text.swiftLiteral
    case .array(let elements): "[" + elements.map(\.literalText).joined(separator: ", ") + "]"
    case .optional(let inside): inside?.literalText ?? "nil"
    case .double: inlineText.contains { ".eEn".contains($0) } ? inlineText : inlineText + ".0"
    default: inlineText
    }
  }
}
