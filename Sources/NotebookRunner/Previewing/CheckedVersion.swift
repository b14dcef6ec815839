import Cells
import Diagnostics
import Documents
import Foundation
import Steps
import Store
import Support

/// A saved version of the notebook, checked and rehearsed.
struct CheckedVersion: Sendable {
  /// A problem with the place where the page shows it.
  struct Located: Sendable, Hashable {
    /// The problem as the terminal prints it.
    var text: String
    /// The block of the notebook that it is in; `nil` if it concerns the notebook as a whole.
    var block: Int?
  }

  /// Counts the checks.
  let number: Int
  let bytes: [UInt8]
  /// The values given for parameters.
  let parameters: [RunOptions.Parameter]
  /// `nil` if the file is not a notebook.
  let notebook: CheckedNotebook?
  let errors: [Located]
  let warnings: [String]
  /// The plan of a run; `nil` if there are errors.
  let plan: RunPlan?
  /// The lines of the calls that train.
  let trainings: [Int]
  /// The inputs of the notebook's cached steps, as they were then.
  let reads: [CachedStep.Read]
  let settings: RunSettings?

  /// Checks a version.
  ///
  /// - Parameter parsed: called before the rehearsal, which may take longer.
  init(
    _ bytes: [UInt8], number: Int, _ options: RunOptions,
    parsed: (CheckedNotebook) -> Void
  ) {
    let (document, found) = DocumentReader.read(bytes: bytes, name: options.notebook)
    self.number = number
    self.bytes = bytes
    parameters = options.parameters
    guard let document else {
      errors = found.map { Located(text: $0.rendered(file: options.notebook), block: nil) }
      (notebook, warnings, plan, trainings, reads, settings) = (nil, [], nil, [], [], nil)
      return
    }
    let folder = RunFolder(output: options.output, name: options.name)
    let prepared = PreparedRun(
      document, found, options, store: Store(output: options.output), folder: folder,
      display: IdleDisplay(), signal: { nil })
    let notebook = prepared.notebook
    self.notebook = notebook
    settings = prepared.settings
    if notebook.isRunnable { parsed(notebook) }
    let examination = Examination(notebook, settings: prepared.settings, folder: folder)
    errors = examination.problems.filter { $0.severity == .error }.map { problem in
      let line = problem.range.flatMap { $0.start.file == options.notebook ? $0.start.line : nil }
      return Located(text: notebook.rendered(problem), block: line.flatMap(document.block))
    }
    warnings = examination.problems.filter { $0.severity == .warning }.map(notebook.rendered)
    trainings = examination.trainings.map(\.line)
    let rehearsal = examination.rehearsal
    plan = errors.isEmpty ? rehearsal.map(prepared.plan) : nil
    reads = prepared.session.cache.reads
  }

  /// Whether another version runs the same code with the same parameters.
  func runsLike(_ other: CheckedVersion) -> Bool {
    parameters == other.parameters && firstDifference(from: other) == nil
  }

  /// The index of the first step whose code differs; `nil` if all are equal.
  func firstDifference(from other: CheckedVersion) -> Int? {
    let (own, others) = (codes, other.codes)
    if let index = zip(own, others).enumerated().first(where: { $1.0 != $1.1 })?.offset { return index }
    return own.count == others.count ? nil : min(own.count, others.count)
  }

  private var codes: [String] {
    (notebook?.document.steps ?? []).map(\.codeWithoutOptions)
  }

  /// The plan of a step, by its index; `nil` for a step that does not run.
  func plan(ofStep index: Int) -> RunPlan.Step? {
    guard let steps = notebook?.document.steps, steps.indices.contains(index) else { return nil }
    let line = steps[index].range.start.line
    return plan?.steps.first { $0.lines.contains(line) }
  }

  /// Whether a step trains from the beginning.
  func trainsFromStart(_ index: Int) -> Bool {
    guard let step = plan(ofStep: index), step.action == .run else { return false }
    return trainings.contains(where: step.lines.contains)
  }
}

extension Document {
  /// The index of the block that contains a line: a cell, or the prose after one.
  fileprivate func block(at line: Int) -> Int? {
    var found: Int?
    for (index, block) in blocks.enumerated() {
      guard let fence = block.fence, fence.range.start.line <= line else { continue }
      let last = fence.firstCodeLine + fence.code.utf8.count { $0 == UInt8(ascii: "\n") }
      found = line <= last ? index : index + 1
    }
    return found
  }
}

extension Document.Block {
  fileprivate var fence: Fence? {
    switch self {
    case .step(let fence), .listing(let fence): fence
    case .prose: nil
    }
  }
}
