import CellCatalogue

/// A notebook step: its arguments, its effects, its rehearsal and the call that runs it.
///
/// Each step is declared in one file of `Verbs/`. The catalogue's row, `quire describe`, range checks, the rehearsal, the
/// cache's rules and the warnings all derive from the declaration.
///
///     public enum SummaryStep {
///       static let model = p("model", label: nil, Model.self, "the model")
///       static let step = Step(
///         "summary", "Prints each layer's output shape and parameter count, as torchsummary does.",
///         example: "summary(model)", effects: [], model, rehearse: Step.nothing
///       ) { run, model in try run.summary(model) }
///     }
package struct Step: Sendable {
  /// The name of the step in cells.
  package let name: String
  package let effects: Set<Effect>
  /// The name that a warning suggests for the result if the call is useless without it; otherwise `nil`.
  package let resultName: String?
  /// The names of its arguments, which distinguish steps that share a name.
  private let arguments: [String]
  /// The step as a row of the catalogue, bound to a run.
  package let row: @Sendable (Run) -> Entry
  private let rehearsal: Rehearsal
  private let causes: [Cause]

  /// Finds the errors of a call without running the step.
  ///
  /// - Returns: the result, as far as it is known before the run; `nil` if it is unknown.
  package typealias Rehearsal = @Sendable (RehearsedRun, RehearsedCall) throws -> (any CellConvertible)?

  /// A rehearsal that checks nothing: for steps whose only errors before the run are type errors.
  package static let nothing: Rehearsal = { _, _ in nil }

  /// Declares a step.
  ///
  /// - Parameters:
  ///   - doc: one line for `quire describe`.
  ///   - causes: for types of errors, the argument at which they are reported.
  package init<each Argument: CellConvertible, Result: CellConvertible>(
    _ name: String, _ doc: String, example: String, effects: Set<Effect>, resultName: String? = nil,
    _ argument: repeat Parameter<each Argument>, rehearse: @escaping Rehearsal, causes: [Cause] = [],
    run: @escaping @Sendable (Run, repeat each Argument) throws -> Result
  ) {
    self.name = name
    self.effects = effects
    arguments = names(repeat each argument)
    self.resultName = resultName
    rehearsal = rehearse
    self.causes = causes
    row = { owner in
      .function(name, doc, example: example, repeat each argument) { (value: repeat each Argument) in
        try run(owner, repeat each value)
      }
    }
  }

  /// Declares a step that returns nothing.
  package init<each Argument: CellConvertible>(
    _ name: String, _ doc: String, example: String, effects: Set<Effect>,
    _ argument: repeat Parameter<each Argument>, rehearse: @escaping Rehearsal, causes: [Cause] = [],
    run: @escaping @Sendable (Run, repeat each Argument) throws -> Void
  ) {
    self.name = name
    self.effects = effects
    arguments = names(repeat each argument)
    resultName = nil
    rehearsal = rehearse
    self.causes = causes
    row = { owner in
      .function(name, doc, example: example, repeat each argument) { (value: repeat each Argument) in
        try run(owner, repeat each value)
      }
    }
  }

  /// Whether the step declares the row.
  package func declares(_ row: Entry) -> Bool { row.name == name && row.parameters.map(\.name) == arguments }

  /// Rehearses a call.
  ///
  /// - Throws: the error that the step would throw, as far as it can be known; an ``ArgumentFailure`` if an
  ///   argument is the cause.
  package func rehearse(_ call: RehearsedCall, in run: RehearsedRun) throws -> RehearsalAnswer {
    do {
      if let result = try rehearsal(run, call) { return .known(result.cellValue) }
      return call.row.result == .void ? .known(.void) : .unknown
    } catch let failures as RehearsalFailures {
      throw RehearsalFailures(failures.errors.map { attributed($0, in: call.row) }, meant: failures.meant)
    } catch {
      throw attributed(error, in: call.row)
    }
  }

  /// The error with the argument that caused it, if it is known.
  private func attributed(_ error: any Error, in row: Entry) -> any Error {
    if error is ArgumentFailure { return error }
    return causes.lazy.compactMap { $0.failure(error) }.first ?? Cause.named(error, in: row) ?? error
  }
}

private func names<each Argument>(_ parameter: repeat Parameter<each Argument>) -> [String] {
  var names: [String] = []
  repeat names.append((each parameter).name)
  return names
}
