import Cells
import Neural
import Steps

/// The names that each step of a notebook reads and declares and the rows that it calls, from its checked code.
struct StepDependencies: Sendable {
  /// The steps' cells, by index among the steps.
  private let cells: [Int: CheckedCell]
  let declarations: [String: CellDeclaration]
  /// The step that declares each name.
  let makers: [String: Int]
  /// The steps whose code assigns to each name.
  private let changers: [String: [Int]]
  /// Names that a later cell assigns to.
  let changing: Set<String>
  /// - Parameter cells: the checked cells by step index, without those that do not run.
  init(_ cells: [Int: CheckedCell]) {
    self.cells = cells
    var declarations: [String: CellDeclaration] = [:]
    var makers: [String: Int] = [:]
    var changers: [String: [Int]] = [:]
    for (step, cell) in cells {
      for name in cell.assignedNames { changers[name, default: []].append(step) }
      for declaration in cell.declarations {
        declarations[declaration.name] = declaration
        makers[declaration.name] = step
      }
    }
    self.declarations = declarations
    self.makers = makers
    self.changers = changers
    changing = Set(cells.values.flatMap(\.mutatedNames))
  }

  func cell(_ step: Int) -> CheckedCell? { cells[step] }

  /// The steps that define a name's behaviour: earlier steps that declare functions, or that create or change
  /// values containing functions.
  private func places(behind name: String, before step: Int, _ fingerprints: Fingerprints) -> Set<Int> {
    guard let declaration = declarations[name] else { return [] }
    guard declaration.kind != .variable || fingerprints.names[name]?.isOpaque == true else { return [] }
    let places = [makers[name]].compactMap(\.self) + changers[name, default: []].filter { $0 < step }
    return Set(places)
  }

  private func code(behind name: String, before step: Int, _ fingerprints: Fingerprints) -> [CheckedCell] {
    places(behind: name, before: step, fingerprints).sorted().compactMap { cells[$0] }
  }

  /// The names that code reads, including everything that the functions behind them may read; sorted.
  ///
  /// - Parameters:
  ///   - step: the code's step, or the next one.
  ///   - fingerprints: identifies values that are or contain functions.
  func names(readBy used: [String], at step: Int, _ fingerprints: Fingerprints) -> [String] {
    var found: Set<String> = []
    var open = used
    while let name = open.popLast() {
      guard found.insert(name).inserted, declarations[name] != nil else { continue }
      for cell in code(behind: name, before: step, fingerprints) {
        open += cell.usedNames + cell.definedNames
      }
    }
    return found.sorted()
  }

  /// The names that the code may change: by its own assignments, by those of functions that it may call, or by
  /// calling functions with state of their own.
  func names(changedBy own: [String], reading names: [String], at step: Int, _ fingerprints: Fingerprints)
    -> Set<
      String
    >
  {
    var changed = Set(own)
    for name in names {
      for cell in code(behind: name, before: step, fingerprints) { changed.formUnion(cell.assignedNames) }
      if fingerprints.names[name]?.hasState == true { changed.insert(name) }
    }
    return changed.intersection(names)
  }

  /// The steps that a cell calls directly.
  func steps(calledBy step: Int) -> CalledSteps { CalledSteps(cells[step]?.calledEntries ?? []) }

  /// The steps that code may call, directly or through the functions among the names.
  func calledSteps(_ entries: [String], names: [String], at step: Int, _ fingerprints: Fingerprints)
    -> CalledSteps
  {
    var called = Set(entries)
    for name in names {
      for cell in code(behind: name, before: step, fingerprints) { called.formUnion(cell.calledEntries) }
    }
    return CalledSteps(called)
  }

  /// Whether callbacks can be called for epochs of an earlier run: not if a callback may inspect a model, whose
  /// weights would differ, or may start another training.
  func canRetellEpochs(of step: Int, reading names: [String], _ fingerprints: Fingerprints) -> Bool {
    let called = calledSteps(cells[step]?.calledEntries ?? [], names: names, at: step, fingerprints)
    guard
      called.steps.allSatisfy({
        $0.isTraining || $0.effects.isDisjoint(with: [.readsWeights, .changesWeights])
      })
    else { return false }
    let places = names.reduce(into: [step] as Set) {
      $0.formUnion(self.places(behind: $1, before: step, fingerprints))
    }
    let calls = places.compactMap { cells[$0] }.flatMap(\.facts.calls)
    return calls.count { Step.called(by: $0)?.isTraining == true } <= 1
  }
}

/// Everything outside the notebook that results depend on: the run's settings, the machine, the program. Files read
/// by steps are recorded with the cached step.
struct RunEnvironment: Sendable {
  let settings: RunSettings
  let notebook: String
  /// Distinguishes builds of Quire with different code.
  var code = SourceFingerprint.value

  func inputs(for steps: CalledSteps, _ results: Ledger) -> [StepKey.Input] {
    var inputs = [StepKey.Input(name: "Quire's code", digest: code)]
    guard !steps.isEmpty else { return inputs }
    inputs += [
      input("the notebook's name", notebook), input("the seed", "\(settings.seed)"),
      input("the instruction set", InstructionSet.current.description),
    ]
    if steps.contains(.trains) || steps.contains(.usesPrecision) {
      inputs.append(input("the precision", settings.precision.rawValue))
    }
    if steps.contains(.trains) {
      inputs.append(input("the number of trainings before it", "\(results.histories.count)"))
    }
    if steps.contains(.drawsFigures) {
      let figures = results.figures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      inputs.append(.init(name: "the figures before it", digest: figures.joined(separator: ",")))
    }
    return inputs
  }

  /// Whether this is a step's position, which only the names of its files depend on, not its results.
  static func isPlace(_ name: String) -> Bool {
    ["the notebook's name", "the number of trainings before it", "the figures before it"].contains(name)
  }

  private func input(_ name: String, _ text: String) -> StepKey.Input {
    .init(name: name, digest: text, text: text)
  }
}

extension StepDependencies {
  /// The step's key; `nil` if something that it depends on is unknown.
  func key(of step: Int, _ fingerprints: Fingerprints, _ environment: RunEnvironment, _ results: Ledger)
    -> StepKey?
  {
    guard let cell = cells[step] else { return nil }
    let names = names(readBy: cell.usedNames, at: step, fingerprints)
    let called = calledSteps(cell.calledEntries, names: names, at: step, fingerprints)
    let around = environment.inputs(for: called, results)
    var inputs: [StepKey.Input] = []
    // Distinguish a model shared by two names from two equal models.
    var numbers: [Int: Int] = [:]
    for name in names {
      if declarations[name]?.kind == .structure {
        inputs.append(.init(name: name, digest: makers[name].flatMap { cells[$0] }?.canonicalText ?? ""))
        continue
      }
      guard let known = fingerprints.names[name], let fingerprint = fingerprints.fingerprint(of: name) else {
        return nil
      }
      let sharing = known.models.map { model -> Int in
        let number = numbers[model] ?? numbers.count
        numbers[model] = number
        return number
      }
      // An empty list does not reveal its element type.
      let digest = "\(fingerprint) \(declarations[name]?.type ?? "")"
      inputs.append(
        .init(name: name, digest: sharing.isEmpty ? digest : "\(digest) \(sharing)", text: known.text))
    }
    let parameters = cell.parameters.map { parameter in
      StepKey.Input(
        name: parameter.name, digest: "\(parameter.value)\(parameter.isOverridden ? " with -p" : "")",
        text: parameter.value.shortText)
    }
    return StepKey(
      code: ValueContent.digest(of: cell.canonicalText), parameters: parameters, inputs: inputs,
      environment: around)
  }

  /// The key of an inline expression; `nil` if it is unknown, calls steps, or may change something.
  ///
  /// - Parameter step: the next step.
  func key(
    of expression: CheckedExpression, at step: Int, _ fingerprints: Fingerprints,
    _ environment: RunEnvironment
  ) -> String? {
    let names = names(readBy: expression.usedNames, at: step, fingerprints)
    guard calledSteps(expression.calledEntries, names: names, at: step, fingerprints).isEmpty,
      self.names(changedBy: [], reading: names, at: step, fingerprints).isEmpty
    else { return nil }
    var text = "expression 2 \(environment.code)\n\(expression.canonicalText)\n"
    for name in names {
      if declarations[name]?.kind == .structure {
        text += "\(name)=\(makers[name].flatMap { cells[$0] }?.canonicalText ?? "")\n"
        continue
      }
      guard let fingerprint = fingerprints.fingerprint(of: name) else { return nil }
      text += "\(name)=\(fingerprint) \(declarations[name]?.type ?? "")\n"
    }
    return ValueContent.digest(of: text)
  }
}
