import Cells
import Diagnostics
import Documents
import Neural
import Steps
import Support

/// A rehearsal of a notebook before its first step runs: interprets each cell and inline expression, with
/// ``RehearsedRun`` in place of the run.
///
/// Code with errors is skipped. The values that it would compute are unknown, and nothing is reported about code that
/// depends on them.
struct NotebookRehearsal: Sendable {
  /// A training, with the place of its call.
  struct Training: Sendable {
    var outline: TrainingOutline
    var line: Int
    /// The peak memory in bytes, including the program and the notebook's data.
    var memoryBytes: Int
  }

  /// A folder of images, with the place of the call that loads it.
  struct ImageFolder: Sendable, Hashable {
    /// For example `flowers: 240 training, 60 test images in 3 classes; not in the data set: 2 .txt files`.
    var text: String
    var facts: CheckFacts.Data
    var line: Int

    init(outline: DataOutline, line: Int) {
      self.line = line
      facts = CheckFacts.Data(
        line: line, name: outline.dataset.name, training: outline.trainCount,
        validation: outline.validationCount,
        test: outline.dataset.testCount > 0 ? outline.dataset.testCount : nil,
        classes: outline.dataset.classNames.isEmpty ? nil : outline.dataset.classNames.count,
        skipped: outline.dataset.skipped.count)
      let skipped = outline.dataset.skipped
      text = "\(outline)" + (skipped.isEmpty ? "" : "; not in the data set: \(skipped)")
    }
  }

  /// Errors and warnings, in file order.
  let problems: [Diagnostic]
  let trainings: [Training]
  let imageFolders: [ImageFolder]
  let networks: [NetworkOutline]
  /// The values of names, as far as they can be known.
  let values: RehearsedValues

  /// Rehearses a notebook.
  ///
  /// - Parameter isDataUnknown: whether data sets cannot be found because the folder to search is at fault.
  init(_ notebook: CheckedNotebook, settings: RunSettings, isDataUnknown: Bool = false) {
    let host = RehearsalSteps(RehearsedRun(settings, isDataUnknown: isDataUnknown))
    let rehearser = Rehearser(host: host)
    // Use one stack for all cells.
    withLargeStack { Self.rehearse(notebook, rehearser) }
    let file = notebook.document.source.name
    let errors = notebook.advisingSweep(
      rehearser.failures.map { $0.located(in: file, during: "checking") })
    let unfinished = rehearser.unfinished.prefix(1).map {
      Diagnostic(
        .note, "this takes too long to rehearse, so code that depends on it was not checked before the run",
        at: $0, code: "not-rehearsed")
    }
    problems = (errors + host.warnings + unfinished).inSourceOrder()
    trainings = host.trainings
    imageFolders = host.imageFolders
    networks = host.networks
    values = RehearsedValues(rehearser)
  }

  /// A line for each image folder, with the number of images of each split and the skipped files.
  var dataLines: [String] {
    var lines: [String] = []
    for folder in imageFolders {
      let line = "loadData (line \(folder.line)): \(folder.text)"
      if !lines.contains(line) { lines.append(line) }
    }
    return lines
  }

  /// The numbers of the image folders, as in ``dataLines``, and of the trainings.
  var facts: CheckFacts {
    var facts = CheckFacts()
    for folder in imageFolders where !facts.data.contains(folder.facts) { facts.data.append(folder.facts) }
    facts.trainings = trainings.map { training in
      let outline = training.outline
      return CheckFacts.Training(
        line: training.line, model: outline.model.name, parameters: outline.model.parameterCount,
        epochs: outline.recipe.epochs, batchesPerEpoch: outline.batchesPerEpoch,
        workingMemory: outline.planBytes, dataMemory: outline.data.dataset.bytes,
        memory: training.memoryBytes, disk: outline.diskBytes)
    }
    return facts
  }

  private static func rehearse(_ notebook: CheckedNotebook, _ rehearser: Rehearser) {
    for (position, block) in notebook.document.blocks.enumerated() {
      switch block {
      case .listing: break
      case .step(let fence):
        guard let cell = notebook.cells[position] else { continue }
        rehearser.rehearse(cell, mayFail: fence.options.error == true)
      case .prose(let prose):
        for expression in prose.inlineExpressions {
          if let checked = notebook.expressions[expression] { rehearser.rehearse(checked) }
        }
      }
    }
  }
}

/// The values that names have after the rehearsal.
struct RehearsedValues: Sendable {
  private let rehearser: Rehearser

  init(_ rehearser: Rehearser) { self.rehearser = rehearser }

  subscript(declaration: CellDeclaration) -> Value? { rehearser.value(of: declaration) }
}
