import Cells
import Diagnostics
import Documents
import Reporting

/// A notebook with all cells and inline expressions checked, before anything runs.
struct CheckedNotebook: Sendable {
  let document: Document
  /// The checked cells, by index in `document.blocks`; only for steps that run.
  let cells: [Int: CheckedCell]
  let expressions: [InlineExpression: CheckedExpression]
  let parameters: [CellParameter]
  let catalogue: Catalogue
  /// The report's style sheet; `nil` if it has only Quire's.
  let theme: PageTheme?
  /// All problems: those of the command line and parameter files first, then those of the notebook in file order.
  let problems: [Diagnostic]
  /// The texts of the notebook, the parameter files and the theme, by name.
  let sources: [String: SourceText]

  var isRunnable: Bool { !problems.contains { $0.severity == .error } }

  /// Checks a notebook.
  ///
  /// - Parameters:
  ///   - found: problems found while reading the document.
  ///   - given: values for the notebook's parameters.
  ///   - theme: the report's style sheet.
  ///   - parsed: cells that have already been parsed.
  init(
    _ document: Document, found: [Diagnostic], catalogue: Catalogue, given: GivenParameters,
    theme: ThemeFile = ThemeFile(), parsed: ParsedCells? = nil
  ) {
    var checker = Checker(catalogue: catalogue, parsed: parsed ?? document.parsedCells)
    var cells: [Int: CheckedCell] = [:]
    var expressions: [InlineExpression: CheckedExpression] = [:]
    var parameters: [CellParameter] = []
    var problems = found + [theme.problem].compactMap(\.self)
    var later = LaterDefinitions(document.source)
    var seen: [NotebookView.Cell] = []
    var mentions: [NotebookView.Mention] = []
    let overrides = given.overrides
    for (position, block) in document.blocks.enumerated() {
      switch block {
      case .listing(let fence):
        guard fence.language == "swift" else { continue }
        var aside = checker
        later.add(notRun: aside.check(document.source(of: fence)), fence, because: "no-run")
      case .step(let fence):
        guard fence.options.eval != false else {
          var aside = checker
          let cell = aside.check(document.source(of: fence))
          later.add(notRun: cell, fence, because: "eval: false")
          mentions.append(.init(names: cell.usedNames, range: fence.range, mayChange: true))
          continue
        }
        let source = document.source(of: fence)
        let cell = checker.check(source, parameterOverrides: fence.isParameters ? overrides : nil)
        cells[position] = cell
        problems += cell.diagnostics
        later.add(cell, fence)
        seen.append(.init(fence: fence, facts: cell.facts, calledEntries: cell.calledEntries))
        if fence.isParameters { parameters = cell.parameters }
      case .prose(let prose):
        for expression in prose.inlineExpressions {
          let checked = checker.check(
            expression: CellSource(
              text: expression.code, file: document.source.name, firstLine: expression.location.line,
              firstColumn: expression.location.column))
          expressions[expression] = checked
          problems += checked.diagnostics.map { $0.located(in: expression) }
          mentions.append(.init(names: checked.usedNames, range: expression.range))
        }
      }
    }
    self.document = document
    self.catalogue = catalogue
    self.cells = cells
    self.expressions = expressions
    self.parameters = parameters
    self.theme = theme.theme
    let errors = later.explained(problems.filter { $0.severity == .error })
    let view = NotebookView(
      document, cells: seen, mentions: mentions, parameters: parameters,
      reported: problems.filter { $0.severity != .error }, hasErrors: !errors.isEmpty)
    problems = errors + Warnings.found(in: view)
    let sources = [document.source] + given.sources + [theme.source].compactMap(\.self)
    self.sources = Dictionary(sources.map { ($0.name, $0) }) { first, _ in first }
    // A parameter whose declaration has an error is not unknown.
    let broken = document.blocks.indices.flatMap { position -> [String] in
      guard case .step(let fence) = document.blocks[position], fence.isParameters else { return [] }
      return cells[position].map { $0.isRunnable ? [] : $0.definedNames + $0.unclearNames } ?? []
    }
    let unknown = Self.unknown(
      given.parameters.filter { !broken.contains($0.name) }, parameters: parameters.map(\.name),
      hasCell: document.parameters != nil)
    let isElsewhere = { (problem: Diagnostic) in
      problem.range.map { $0.start.file != document.source.name } ?? false
    }
    self.problems =
      (given.problems + unknown + problems.filter(isElsewhere)).inSourceOrder()
      + problems.filter { !isElsewhere($0) }.enumerated().sorted {
        ($0.element.range?.start.line ?? 0, $0.element.range?.start.column ?? 0, $0.offset)
          < ($1.element.range?.start.line ?? 0, $1.element.range?.start.column ?? 0, $1.offset)
      }.map(\.element)
  }

  /// The cells that run, by index among the steps.
  var cellsByStep: [Int: CheckedCell] {
    var found: [Int: CheckedCell] = [:]
    var step = 0
    for (position, block) in document.blocks.enumerated() {
      guard case .step = block else { continue }
      found[step] = cells[position]
      step += 1
    }
    return found
  }

  /// The problem as printed, with its source line.
  func rendered(_ problem: Diagnostic) -> String {
    problem.rendered(in: sources[problem.range?.start.file ?? document.source.name] ?? document.source)
  }

  /// Names that the notebook does not declare.
  private static func unknown(
    _ given: [GivenParameters.Parameter], parameters: [String], hasCell: Bool
  ) -> [Diagnostic] {
    given.filter { !parameters.contains($0.name) }.map { parameter in
      let name = parameter.name
      var notes: [String] = []
      if let near = ForeignNames.quire.label(for: name, among: parameters)
        ?? nearMiss(of: name, among: parameters)
      {
        notes.append("did you mean '\(near)'?")
      }
      if parameters.isEmpty {
        notes.append(
          hasCell
            ? "the parameters cell has no 'let NAME = literal'"
            : "the notebook has no parameters cell; add one that starts with ```swift parameters")
      } else {
        notes.append("the notebook's parameters are \(parameters.joined(separator: ", "))")
      }
      return Diagnostic(
        .error, "\(parameter.nameRange == nil ? "-p \(name): " : "")the notebook has no parameter '\(name)'",
        at: parameter.nameRange, code: "unknown-parameter", notes: notes)
    }
  }
}

extension Document {
  /// Everything that the checker needs to be parsed.
  var parsedCells: ParsedCells { ParsedCells(cellTexts) }

  private var cellTexts: [String] {
    blocks.flatMap { block in
      switch block {
      case .listing(let fence): fence.language == "swift" ? [source(of: fence).text] : []
      case .step(let fence): [source(of: fence).text]
      case .prose(let prose): prose.inlineExpressions.map(\.code)
      }
    }
  }

  /// A cell's text with its place. The lines of an indented fence are taken from the file, so that columns are
  /// correct.
  fileprivate func source(of fence: Fence) -> CellSource {
    var text = fence.code
    if fence.indentation > 0 {
      let count = text.utf8.count { $0 == UInt8(ascii: "\n") }
      let first = fence.firstCodeLine - 1
      text = source.lines.dropFirst(first).prefix(count).map { $0 + "\n" }.joined()
    }
    return CellSource(text: text, file: source.name, firstLine: fence.firstCodeLine)
  }
}

extension Diagnostic {
  /// A problem of an inline expression. An expression that spans lines or contains escapes differs from its source,
  /// so its fix-its are dropped.
  fileprivate func located(in expression: InlineExpression) -> Diagnostic {
    if expression.code.count == expression.length { return self }
    var problem = self
    for index in problem.fixIts.indices { problem.fixIts[index].isCertain = false }
    return problem
  }
}
