import Cells
import Diagnostics
import Documents
import Neural

/// One run of a sweep: its place, and everything its results depend on.
struct PlannedRun: Sendable {
  /// What its parameters are given, as it was written.
  var given: GivenParameters
  /// The same as the notebook sees it: `0.001` for `1e-3`; the seed is among them where there are several.
  var values: [(name: String, value: String)]
  /// `--seed`, where one was given.
  var seed: UInt64?
  var settings: RunIdentity
  /// In the sweep's folder.
  var folder: String

  /// The values without the seed.
  var combination: ArraySlice<(name: String, value: String)> { values.prefix(given.parameters.count) }

  /// `lr=0.1, epochs=5`.
  var title: String { values.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") }
}

/// What a run's results depend on: where it is the same, a finished run need not be repeated.
struct RunIdentity: Codable, Sendable, Hashable {
  var notebookSHA256: String
  /// What the sweep gave, as the notebook sees it.
  var parameters: [String: String]
  var seed: UInt64
  /// As asked for; a machine may compute with another.
  var precision: String
  /// `--data`.
  var data: String?
  var quire: String
}

/// A sweep whose values were checked, each at least once, and the runs that it is made of.
struct SweepPlan: Sendable {
  let document: Document
  /// What reading the document found.
  let found: [Diagnostic]
  /// The document's cells: checking one combination after the other parses them once.
  let parsed: ParsedCells
  /// Names of the parameters given, in order.
  let names: [String]
  let runs: [PlannedRun]
  let seeds: [UInt64]
  /// Every problem of the values, each once.
  let findings: [SweepFinding]

  /// - Parameter shouldStop: asked before each check; a plan that was stopped is not whole.
  init(
    _ options: SweepOptions, document: Document, found: [Diagnostic],
    shouldStop: () -> Bool = { false }
  ) {
    let grid = Grid(options.run)
    parsed = document.parsedCells
    var check = SweepCheck(document, found: found, parsed: parsed, grid: grid)
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

  /// One combination, once a seed.
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
