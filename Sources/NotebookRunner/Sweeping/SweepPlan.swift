import Cells
import Diagnostics
import Documents
import Neural
import Reporting

/// A planned run of a sweep: its folder, and everything that its results depend on.
struct PlannedRun: Sendable {
  /// The parameter values as written.
  var given: GivenParameters
  /// The values as the notebook sees them, `0.001` for `1e-3`; includes the seed if there are several.
  var values: [(name: String, value: String)]
  /// The value of `--seed`, if it was given.
  var seed: UInt64?
  var settings: RunIdentity
  /// The run's folder, relative to the sweep's.
  var folder: String

  /// The values without the seed.
  var combination: ArraySlice<(name: String, value: String)> { values.prefix(given.parameters.count) }

  /// `lr=0.1, epochs=5`.
  var title: String { values.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") }
}

/// Everything that a run's results depend on; a finished run with an equal identity is not repeated.
struct RunIdentity: Codable, Sendable, Hashable {
  var notebookSHA256: String
  /// The values given by the sweep, as the notebook sees them.
  var parameters: [String: String]
  var seed: UInt64
  /// The requested precision; a machine may use another.
  var precision: String
  /// The value of `--data`.
  var data: String?
  var quire: String
}

/// The runs of a sweep, after each value has been checked at least once.
struct SweepPlan: Sendable {
  let document: Document
  /// Problems found while reading the document.
  let found: [Diagnostic]
  /// The document's parsed cells, shared by the checks of all combinations.
  let parsed: ParsedCells
  /// The style sheet of the reports and of the comparison page.
  let theme: PageTheme?
  /// The names of the given parameters, in order.
  let names: [String]
  let runs: [PlannedRun]
  let seeds: [UInt64]
  /// All problems of the values, each once.
  let findings: [SweepFinding]

  /// Checks the values and plans the runs.
  ///
  /// - Parameter shouldStop: called before each check; a stopped plan is incomplete.
  init(
    _ options: SweepOptions, document: Document, found: [Diagnostic],
    shouldStop: () -> Bool = { false }
  ) {
    let grid = Grid(options.run)
    parsed = document.parsedCells
    let theme = ThemeFile(options.run, document)
    self.theme = theme.theme
    var check = SweepCheck(document, found: found, parsed: parsed, theme: theme, grid: grid)
    check.seeds(options.seeds)
    var runs: [PlannedRun] = []
    // Too many combinations are not even checked.
    if grid.isWithinLimit {
      for given in grid.covering where !shouldStop() {
        check.combination(given, isSeeded: !options.seeds.isEmpty)
      }
      if check.findings.errors == 0 {
        runs = grid.combinations.flatMap { Self.runs($0, check.values(of: $0), options, document) }
      }
    }
    for (index, folder) in RunName.folders(runs.map(\.values)).enumerated() { runs[index].folder = folder }
    self.document = document
    self.found = found
    names = grid.axes.map(\.name)
    self.runs = runs
    seeds = options.seeds
    findings = check.findings
  }

  /// The runs of one combination, one per seed.
  private static func runs(
    _ given: GivenParameters, _ values: [(name: String, value: String)], _ options: SweepOptions,
    _ document: Document
  ) -> [PlannedRun] {
    let seeds: [UInt64?] = options.seeds.isEmpty ? [nil] : options.seeds
    let digest = RunProvenance.sha256(ofFile: options.run.notebook)
    return seeds.map { seed in
      PlannedRun(
        given: given, values: values + (seed.map { [("seed", "\($0)")] } ?? []),
        seed: seed ?? options.run.seed,
        settings: RunIdentity(
          notebookSHA256: digest, parameters: Dictionary(values.map { ($0.name, $0.value) }) { $1 },
          seed: seed ?? options.run.seed ?? document.frontMatter.seed ?? 0,
          precision: options.run.precision.rawValue, data: options.run.data, quire: Machine.quire),
        folder: "")
    }
  }
}
