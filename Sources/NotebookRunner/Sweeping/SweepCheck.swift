import Cells
import Diagnostics
import Documents

/// Collects the problems of a sweep, each once, however many combinations have it.
struct SweepCheck {
  private let document: Document
  private let found: [Diagnostic]
  private let parsed: ParsedCells
  private let theme: ThemeFile
  private let sources: [SourceText]
  private let catalogue = Catalogue.quire(.idle)
  /// The first spelling of a value, by the parameter's name and the value that the notebook sees.
  private var written: [String: [String: String]] = [:]
  /// The inverse mapping: values by spelling.
  private var understood: [String: [String: String]] = [:]
  private var seen: Set<String> = []
  private(set) var findings: [SweepFinding] = []

  init(_ document: Document, found: [Diagnostic], parsed: ParsedCells, theme: ThemeFile, grid: Grid) {
    self.document = document
    self.found = found
    self.parsed = parsed
    self.theme = theme
    sources = grid.sources
    for problem in grid.problems { note(problem, rendered(problem)) }
    for axis in grid.axes {
      var texts: Set<String> = []
      for value in axis.values where !texts.insert(value.text).inserted {
        note(.sameValue(axis.name, value.text, value.text), at: value.place)
      }
    }
  }

  mutating func seeds(_ seeds: [UInt64]) {
    var known: Set<UInt64> = []
    for seed in seeds where !known.insert(seed).inserted { note(.sameSeed(seed)) }
  }

  /// Checks the notebook with these values.
  mutating func combination(_ given: GivenParameters, isSeeded: Bool) {
    let notebook = CheckedNotebook(
      document, found: found, catalogue: catalogue, given: given, theme: theme, parsed: parsed)
    for problem in notebook.problems { note(problem, notebook.rendered(problem)) }
    if given.parameters.isEmpty, !isSeeded {
      note(.nothingToSweep(parameters: notebook.parameters.map(\.name)))
    }
    let known = Dictionary(notebook.parameters.map { ($0.name, $0) }) { $1 }
    for parameter in given.parameters {
      let (name, text) = (parameter.name, parameter.value.text)
      guard let declared = known[name], declared.isOverridden else { continue }
      let value = declared.value.inlineText
      let first = written[name]?[value] ?? text
      if first != text { note(.sameValue(name, first, text), at: parameter.value.place) }
      written[name, default: [:]][value] = first
      understood[name, default: [:]][text] = value
    }
  }

  /// The values as the notebook sees them: `0.001` for `1e-3`. They must have been checked.
  func values(of given: GivenParameters) -> [(name: String, value: String)] {
    given.parameters.map { ($0.name, understood[$0.name]?[$0.value.text] ?? $0.value.text) }
  }

  private mutating func note(_ problem: SweepProblem, at range: SourceRange? = nil) {
    let problem = problem.diagnostic(at: range)
    note(problem, rendered(problem))
  }

  private mutating func note(_ problem: Diagnostic, _ text: String) {
    guard seen.insert(text).inserted else { return }
    findings.append(SweepFinding(text: text, isError: problem.severity == .error))
  }

  private func rendered(_ problem: Diagnostic) -> String {
    problem.rendered(
      in: sources.first { $0.name == problem.range?.start.file }, file: document.source.name)
  }
}
