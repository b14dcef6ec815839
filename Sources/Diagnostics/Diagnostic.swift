/// A problem found in a notebook: what is wrong, where, what was found, what to do.
///
///     let problem = Diagnostic(
///       .error, "'train' has no argument 'epoch'", at: range,
///       notes: ["did you mean 'epochs'?"], fixIts: [FixIt("replace 'epoch' with 'epochs'", range, "epochs")])
public struct Diagnostic: Error, Sendable, Hashable, Codable {
  /// The severity of a problem.
  public enum Severity: String, Sendable, Codable { case error, warning, note }

  /// How serious the problem is.
  public var severity: Severity
  /// A stable identifier, for example `unknown-name`; warnings that can be silenced have `QR` codes.
  public var code: String?
  /// The message, without the place and the severity.
  public var message: String
  /// The problem's place; `nil` if it concerns the file as a whole.
  public var range: SourceRange?
  /// Additional messages, printed after the source line.
  public var notes: [String]
  /// Edits that would fix the problem.
  public var fixIts: [FixIt]

  /// Creates a diagnostic.
  public init(
    _ severity: Severity, _ message: String, at range: SourceRange?, code: String? = nil,
    notes: [String] = [], fixIts: [FixIt] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.range = range
    self.notes = notes
    self.fixIts = fixIts
  }
}

/// A replacement of a piece of source that fixes a problem.
public struct FixIt: Sendable, Hashable, Codable {
  /// The description of the edit, for example `replace 'epoch' with 'epochs'`.
  public var message: String
  /// The source to replace.
  public var range: SourceRange
  /// The text that replaces it.
  public var replacement: String
  /// Whether the edit is the only plausible one; `quire check --fix` applies it.
  public var isCertain: Bool

  /// Creates a fix-it.
  public init(_ message: String, _ range: SourceRange, _ replacement: String, isCertain: Bool = false) {
    self.message = message
    self.range = range
    self.replacement = replacement
    self.isCertain = isCertain
  }
}

extension Diagnostic {
  /// The problem in compiler format: `file:line:column: error: message`, the source line, a caret, notes.
  ///
  /// - Parameters:
  ///   - source: the text that the range refers to; without it only the first line and the notes are printed.
  ///   - file: the name to print if the problem has no range.
  public func rendered(in source: SourceText? = nil, file: String? = nil) -> String {
    let place = range.map { "\($0.start): " } ?? (source?.name ?? file).map { "\($0): " } ?? ""
    // Print codes that can be looked up and silenced.
    let code = severity == .warning ? code.flatMap { $0.hasPrefix("QR") ? " [\($0)]" : nil } ?? "" : ""
    var out = "\(place)\(severity.rawValue): \(message)\(code)"
    if let range, let line = source?.line(range.start.line) {
      let (line, column) = Self.window(of: line, around: range.start.column)
      // Keep tabs, so that the caret is below its character for any tab width.
      let indent = line.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      let room = max(1, line.count - (column - 1))
      let carets = "^" + String(repeating: "~", count: max(0, min(range.length, room) - 1))
      out += "\n  \(line)\n  \(indent)\(carets)"
    }
    for note in notes { out += "\n  note: \(note)" }
    for fix in fixIts { out += "\n  fix-it: \(fix.message)" }
    return out
  }

  /// The line to print and the column in it; a very long line is cut to the part around the column.
  private static func window(of line: String, around column: Int) -> (line: String, column: Int) {
    let column = max(1, min(column, line.count + 1))
    guard line.count > 200 else { return (line, column) }
    let first = max(0, column - 81)
    let head = first > 0 ? "…" : ""
    let part = line.dropFirst(first).prefix(160)
    let tail = first + 160 < line.count ? "…" : ""
    return (head + part + tail, column - first + head.count)
  }
}
