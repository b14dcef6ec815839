/// One piece of a step's output: structured data, never HTML; the page decides how it looks.
///
///     blocks.append(.text("Epoch 1/50 …"))
///     let chart = TrainingHistoryChart(rows: log.rows, target: 0.85)
///     blocks.append(.figure(chart.figure(name: "train_history")))
public enum ReportBlock: Sendable, Hashable, Codable {
  /// Console output, verbatim and monospaced. Escape codes are dropped and redrawn lines collapse.
  case text(String)
  /// Monospaced text under a title, for example a model summary.
  case preformatted(title: String, text: String)
  /// A sentence the reader should not miss.
  case message(Message.Kind, String)
  case table(Table)
  /// Names and values, as a definition list.
  case facts([Fact])
  case figure(Figure)
  case gallery(Gallery)
  /// Requirements, each met, missed or not checked, in words.
  case checklist([Requirement])
  case trainingLog(TrainingLog)
  case confusionMatrix(ConfusionMatrix)
  /// A diagnostic as compilers print it: `file:line:column: error: …`, source line, caret, notes.
  case problem(String)
}

/// A notice set apart from the text around it.
public enum Message {
  /// What the notice is: said in words as well as in colour.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable { case info, warning, success, error }
}

/// A name and its value, with an optional note, for example `Fact("Parameters", "199,368", note: "< 200k")`.
public struct Fact: Sendable, Hashable, Codable {
  public var name: String
  public var value: String
  public var note: String?

  public init(_ name: String, _ value: String, note: String? = nil) {
    self.name = name
    self.value = value
    self.note = note
  }
}

/// One line of a compliance list: what is asked, what was found, and whether it suffices.
///
///     Requirement("Parameters", required: "< 200,000", found: "199,368", passed: true)
public struct Requirement: Sendable, Hashable, Codable {
  public var title: String
  public var required: String
  public var found: String
  /// `nil` where nothing was checked, for example accuracy before the training has ended.
  public var passed: Bool?

  public init(_ title: String, required: String, found: String, passed: Bool?) {
    self.title = title
    self.required = required
    self.found = found
    self.passed = passed
  }
}
