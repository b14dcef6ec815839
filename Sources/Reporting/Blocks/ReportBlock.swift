/// A part of a step's output as structured data, never HTML; the page defines its layout.
///
///     blocks.append(.text("Epoch 1/50 …"))
///     let chart = TrainingHistoryChart(rows: log.rows, target: 0.85)
///     blocks.append(.figure(chart.figure(name: "train_history")))
public enum ReportBlock: Sendable, Hashable, Codable {
  /// Console output in a monospaced font. Escape codes are removed and overwritten lines collapse.
  case text(String)
  /// Console output that is too long to be shown as a whole.
  case longText(LongText)
  /// Monospaced text with a title, for example a model summary.
  case preformatted(title: String, text: String)
  /// The layers of a model.
  case layers(LayerTable)
  /// A highlighted message.
  case message(Message.Kind, String)
  /// A table.
  case table(Table)
  /// Names and values, as a definition list.
  case facts([Fact])
  /// A chart.
  case figure(Figure)
  /// Rows of small images.
  case gallery(Gallery)
  /// Requirements, each with its outcome in words: met, missed or not checked.
  case checklist([Requirement])
  /// The epochs of a training run.
  case trainingLog(TrainingLog)
  /// A confusion matrix.
  case confusionMatrix(ConfusionMatrix)
  /// A diagnostic in compiler format: `file:line:column: error: …`, source line, caret, notes.
  case problem(String)
}

/// A message that is set apart from the text.
public enum Message {
  /// The kind of message, shown in words as well as in colour.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable { case info, warning, success, error }
}

/// A name and a value with an optional note, for example `Fact("Parameters", "199,368", note: "< 200k")`.
public struct Fact: Sendable, Hashable, Codable {
  /// The name.
  public var name: String
  /// The value as text.
  public var value: String
  /// A note, shown after the value.
  public var note: String?

  /// Creates a fact.
  public init(_ name: String, _ value: String, note: String? = nil) {
    self.name = name
    self.value = value
    self.note = note
  }
}

/// A checked requirement: what is required, what was found, and whether it suffices.
///
///     Requirement("Parameters", required: "< 200,000", found: "199,368", passed: true)
public struct Requirement: Sendable, Hashable, Codable {
  /// The name of the checked quantity.
  public var title: String
  /// The required value or range.
  public var required: String
  /// The actual value.
  public var found: String
  /// Whether the requirement is met; `nil` if it was not checked, for example accuracy before the training has
  /// ended.
  public var passed: Bool?

  /// Creates a requirement.
  public init(_ title: String, required: String, found: String, passed: Bool?) {
    self.title = title
    self.required = required
    self.found = found
    self.passed = passed
  }
}
