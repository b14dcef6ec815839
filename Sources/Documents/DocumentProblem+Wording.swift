import Diagnostics
import Support

extension DocumentProblem {
  /// The problem as a diagnostic, with its message.
  func diagnostic(at range: SourceRange?) -> Diagnostic {
    let words = wording(range)
    return Diagnostic(
      isWarning ? .warning : .error, words.message, at: range, code: code, notes: words.notes,
      fixIts: words.fixIts)
  }

  private var isWarning: Bool {
    switch self {
    case .languageCase, .lateOption, .unknownReference, .formula, .unknownKey, .undefinedFootnote,
      .unusedFootnote, .cellInHTML:
      true
    default: false
    }
  }

  private struct Words {
    var message: String
    var notes: [String] = []
    var fixIts: [FixIt] = []

    init(_ message: String, notes: [String] = [], fixIts: [FixIt] = []) {
      self.message = message
      self.notes = notes
      self.fixIts = fixIts
    }

    /// Adds "did you mean" and a fix-it, if there is a near miss.
    func suggesting(
      _ near: String?, for found: String, isCertain: Bool = false, at range: SourceRange?
    ) -> Words {
      guard let near, let range else { return self }
      var words = self
      words.notes.insert("did you mean '\(near)'?", at: 0)
      words.fixIts.append(FixIt("replace '\(found)' with '\(near)'", range, near, isCertain: isCertain))
      return words
    }
  }

  private func wording(_ range: SourceRange?) -> Words {
    switch self {
    case .noSuchFile(let path, let near):
      return Words("notebook '\(path)' not found", notes: near.map { ["did you mean '\($0)'?"] } ?? [])
    case .isDirectory(let path):
      return Words(
        "'\(path)' is a folder",
        notes: ["a notebook is a Markdown file, for example notebooks/quickstart.md"])
    case .unreadable(let path, let reason):
      return Words("cannot read the notebook '\(path)': \(reason)")
    case .tooLarge(let path, let limit):
      return Words("the notebook '\(path)' is larger than \(Number.bytes(limit))")
    case .notUTF8(let byte, let offset, let looksLikeUTF16):
      let found =
        byte.map { "byte 0x\(hexadecimal($0)) at offset \(offset)" }
        ?? "the text ends in the middle of a character"
      return Words(
        "the notebook is not UTF-8: \(found)",
        notes: [
          looksLikeUTF16
            ? "the file looks like UTF-16; save it as UTF-8" : "save the file as UTF-8"
        ])
    case .nul(let offset):
      return Words(
        "the notebook contains a NUL byte at offset \(offset)", notes: ["is this a text file?"])

    case .unclosedFrontMatter:
      return Words(
        "the front matter opened here is never closed", notes: ["close it with a line '---'"])
    case .invalidYAML(let problem):
      return Words("the front matter is not valid YAML: \(problem)")
    case .frontMatterNotMapping:
      return Words(
        "the front matter is not a list of keys and values",
        notes: ["write lines such as 'title: My network'"])
    case .frontMatterKeyNotText:
      return Words("keys in the front matter must be text")
    case .frontMatterType(let key, let expected, let found):
      return Words("'\(key)' must be \(expected), found \(found)")
    case .quietType(let found):
      return Words(
        "'quiet' must be a code or a list of codes, found \(found)",
        notes: ["for example, 'quiet: [QR001, QR004]'"])
    case .seed(let found):
      return Words("'seed' must be a whole number from 0 to \(UInt64.max), found \(found)")

    case .unknownKey(let key, let near, let isCertain, let known):
      return Words(
        "unknown key '\(key)' in the front matter",
        notes: near == nil ? ["the keys are \(known.joined(separator: ", "))"] : []
      ).suggesting(near, for: key, isCertain: isCertain, at: range)

    case .unclosedFence(let marker):
      return Words(
        "the fence opened here is never closed", notes: ["close it with a line '\(marker)'"])
    case .nestedStep:
      return Words(
        "a Swift cell inside a list or quote does not run; cells must be at the top level",
        notes: ["remove the indentation or '>', or mark the cell 'swift no-run' to only show it"])
    case .braces(let info):
      return Words(
        "'\(info)' does not start a Swift cell",
        notes: ["write 'swift' after the fence, without braces or commas"],
        fixIts: range.map { [FixIt("replace '\(info)' with 'swift'", $0, "swift")] } ?? [])
    case .unknownFenceWord(let word, let near):
      return Words("unknown word '\(word)' after 'swift'; expected 'no-run' or 'parameters'")
        .suggesting(
          near, for: word,
          isCertain: isCertain(near, of: word, among: ["no-run", "parameters"]), at: range)
    case .parametersNotRun:
      return Words("a cell cannot be both 'parameters' and 'no-run'")
    case .secondParameters(let firstLine):
      return Words(
        "a notebook can have only one parameters cell",
        notes: ["the first is at line \(firstLine); merge the two"])
    case .languageCase(let found):
      return Words("this cell does not run: its language is '\(found)'")
        .suggesting("swift", for: found, at: range)

    case .optionSyntax:
      return Words("expected a cell option '//| key: value', for example '//| label: training'")
    case .unknownOption(let key, let near):
      let known = CellOptions.Key.allCases.map(\.rawValue)
      let words = Words("unknown cell option '\(key)'")
        .suggesting(near, for: key, isCertain: isCertain(near, of: key, among: known), at: range)
      return near == nil
        ? Words(words.message, notes: ["the options are \(known.joined(separator: ", "))"]) : words
    case .repeatedOption(let key, let firstLine):
      return Words("duplicate cell option '\(key)'", notes: ["first used at line \(firstLine)"])
    case .optionValue(let key, let expected, let found, let near):
      return Words("cell option '\(key)' must be \(expected), found \(found.map { "'\($0)'" } ?? "nothing")")
        .suggesting(near, for: found ?? "", isCertain: true, at: range)
    case .optionNeedsQuotes(let key, let value):
      let quoted = "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
      return Words(
        "YAML does not read the value of cell option '\(key)' as text", notes: ["put it in quotes"],
        fixIts: range.map { [FixIt("write \(quoted)", $0, quoted, isCertain: true)] } ?? [])
    case .lateOption:
      return Words(
        "this cell option has no effect", notes: ["options must be the first lines of a cell; move it there"])
    case .label(let label):
      return Words(
        "'\(label)' is not a valid label; use letters, digits, '-' and '_', starting with a letter")
    case .repeatedLabel(let label, let firstLine):
      return Words("duplicate label '\(label)'", notes: ["first used at line \(firstLine)"])

    case .tooDeep(let levels):
      return Words("this is nested more than \(levels) levels deep")
    case .emptyExpression:
      return Words(
        "missing expression after '{swift}'",
        notes: ["for example, `{swift} history.bestTestAccuracy`"])
    case .unclosedComment:
      return Words(
        "the comment opened here is never closed, so the rest of the notebook is hidden",
        notes: ["close it with '-->'"])
    case .interruptedComment:
      return Words(
        "a blank line ends this HTML inside a comment, so the rest of the comment would be shown",
        notes: ["remove the blank line, or start the comment on a line of its own after a blank line"])
    case .formula(let problem):
      return Words("the formula is shown as written: \(problem)")
    case .unknownReference(let label, let near, let isCertain):
      return Words(
        "no cell has the label '\(label)'", notes: near == nil ? ["'@\(label)' is shown as text"] : []
      )
      .suggesting(near.map { "@" + $0 }, for: "@" + label, isCertain: isCertain, at: range)
    case .undefinedFootnote(let label, let near):
      return Words(
        "the footnote '[^\(label)]' is not defined, so it is shown as text",
        notes: near.map { ["did you mean '[^\($0)]'?"] } ?? [
          "define it on a line of its own: '[^\(label)]: text'"
        ])
    case .unusedFootnote(let label):
      return Words(
        "nothing refers to the footnote '[^\(label)]', so the report does not show it",
        notes: ["refer to it with '[^\(label)]', or remove it"])
    case .cellInHTML(let element, lacksEnd: true):
      return Words(
        "'<\(element)>' ends before this cell, because its end tag is missing",
        notes: ["write '</\(element)>' after the cell, or before it"])
    case .cellInHTML(let element, lacksEnd: false):
      return Words(
        "'<\(element)>' ends before this cell, because it cannot contain cells",
        notes: ["write '</\(element)>' before the cell; '<details>' and '<div>' can contain cells"])
    }
  }

  private func isCertain(_ near: String?, of name: String, among known: [String]) -> Bool {
    near.map { isCertainMiss($0, of: name, among: known) } ?? false
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  /// A stable identifier for tools.
  private var code: String {
    switch self {
    case .noSuchFile: "no-such-file"
    case .isDirectory: "is-directory"
    case .unreadable: "unreadable-file"
    case .tooLarge: "file-too-large"
    case .notUTF8: "not-utf8"
    case .nul: "nul-byte"
    case .unclosedFrontMatter: "unclosed-front-matter"
    case .invalidYAML: "invalid-yaml"
    case .frontMatterNotMapping, .frontMatterKeyNotText, .frontMatterType, .quietType: "front-matter-type"
    case .seed: "seed"
    case .unknownKey: "unknown-key"
    case .unclosedFence: "unclosed-fence"
    case .nestedStep: "nested-cell"
    case .braces, .unknownFenceWord, .parametersNotRun: "fence-info"
    case .secondParameters: "second-parameters-cell"
    case .languageCase: "language-case"
    case .optionSyntax: "option-syntax"
    case .unknownOption: "unknown-option"
    case .repeatedOption: "repeated-option"
    case .optionValue, .optionNeedsQuotes: "option-value"
    case .lateOption: "late-option"
    case .label: "label-syntax"
    case .repeatedLabel: "repeated-label"
    case .tooDeep: "too-deep"
    case .emptyExpression: "empty-expression"
    case .formula: "formula"
    case .unclosedComment: "unclosed-comment"
    case .interruptedComment: "interrupted-comment"
    case .unknownReference: "unknown-reference"
    case .undefinedFootnote, .unusedFootnote: "footnote"
    case .cellInHTML: "cell-in-html"
    }
  }
}
