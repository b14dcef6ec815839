import Diagnostics

/// Rehearses statements and calls instead of running them.
extension Interpreter {
  /// Rehearses statements in order. A statement that fails or depends on an unknown value is skipped, and the
  /// variables that it might change become unknown.
  func rehearse(
    _ statements: [Statement], _ frame: inout Frame, _ rehearsal: Rehearsal
  ) throws(CellFailure) -> Flow {
    for (index, statement) in statements.enumerated() {
      do {
        if let range = statement.range { try checkStop(at: range) }
        let flow = try run(statement, &frame)
        if case .normal = flow { continue }
        return flow
      } catch {
        rehearsal.note(error)
        let effects = Effects(CollectionOfOne(statement))
        forget(effects, &frame, rehearsal)
        if effects.leaves {
          // It is not known whether the following statements run.
          forget(Effects(statements[(index + 1)...]), &frame, rehearsal)
          throw .unknown(at: error.range)
        }
        if effects.emits {
          frame.collected.append(BuilderContent.Element(value: .unknown, location: error.range.start))
        }
      }
    }
    return .normal
  }

  func forget(_ effects: Effects, _ frame: inout Frame, _ rehearsal: Rehearsal) {
    for reference in effects.changed { box(reference, &frame).value = nil }
    var rows = effects.rows
    if effects.callsFunctions { rows.formUnion(rehearsal.forgetWhatFunctionsChange(globals)) }
    if !rows.isEmpty { rehearsal.host.skipped(rows) }
  }

  /// Evaluates a call's arguments. A failing argument is recorded and becomes unknown; the others are still
  /// evaluated.
  ///
  /// - Parameter takesForeseen: whether the call can be rehearsed with ``ForeseenElements``.
  func rehearsedValues(
    _ expressions: [Expression], _ frame: inout Frame, _ rehearsal: Rehearsal, takesForeseen: Bool = false
  ) -> [Value] {
    var out: [Value] = []
    for expression in expressions {
      do {
        out.append(try takesForeseen ? foreseen(expression, &frame) : value(expression, &frame))
      } catch {
        rehearsal.note(error)
        forget(Effects(expression), &frame, rehearsal)
        out.append(.unknown)
      }
    }
    return out
  }

  /// Rehearses a call of a row.
  func rehearsedCall(
    _ entry: Entry, _ arguments: [Expression], at range: SourceRange, _ frame: inout Frame,
    _ rehearsal: Rehearsal
  ) throws(CellFailure) -> Value {
    let values = rehearsedValues(arguments, &frame, rehearsal, takesForeseen: entry.group.isEmpty)
    if entry.group.isEmpty {
      if entry.isPrint { return .void }
      if values.contains(where: \.isUnknown) { throw .unknown(at: range) }
      if values.contains(where: { $0.foreseenElement != nil }) {
        return try foreseenCall(entry, values, arguments, at: range, &frame, rehearsal)
      }
      do {
        let result = try entry.call(values)
        try meter.check()
        try meter.charge(result, of: entry, values)
        if result.isUnknown { throw CellFailure.unknown(at: range) }
        return result
      } catch { throw located(error, at: range) }
    }
    let misfits = misfits(entry, values, arguments)
    for (_, misfit) in misfits { rehearsal.note(misfit) }
    let call = RehearsedCall(
      row: entry, values: values.map { $0.isUnknown ? nil : $0 }, misfits: Set(misfits.map(\.index)),
      range: range, places: arguments.map(ArgumentPlace.init))
    do {
      return try CellContext.$callSite.withValue(range.start) {
        // A step that is given a function calls it in the run, perhaps often.
        defer {
          if entry.kind == .function, values.contains(where: \.isFunction) {
            let rows = rehearsal.forgetWhatFunctionsChange(globals)
            if !rows.isEmpty { rehearsal.host.skipped(rows) }
          }
        }
        switch try rehearsal.host.answer(call) {
        case .known(let value): return value
        case .unknown: throw CellFailure.unknown(at: range)
        case .failed(let error, let meant):
          rehearsal.note(located(error, in: call))
          return meant
        case .asCalled:
          if !misfits.isEmpty || values.contains(where: { $0.isUnknown || $0.hasGaps }) {
            throw CellFailure.unknown(at: range)
          }
          return try entry.call(values)
        }
      }
    } catch let failures as RehearsalFailures {
      for error in failures.errors { rehearsal.note(located(error, in: call), isOneOfSeveral: true) }
      guard let meant = failures.meant else { throw .unknown(at: range) }
      return meant
    } catch {
      throw located(error, in: call)
    }
  }

  /// Gives an error of a call the place of the argument that caused it.
  private func located(_ error: any Error, in call: RehearsedCall) -> CellFailure {
    guard let failure = error as? ArgumentFailure else { return located(error, at: call.range) }
    return located(failure.underlying, at: call.place(of: failure.parameter, element: failure.element))
  }
}

extension Value {
  /// Whether it is a function, or an optional one.
  fileprivate var isFunction: Bool {
    switch self {
    case .function: true
    case .optional(let wrapped?): wrapped.isFunction
    default: false
    }
  }
}

extension Statement {
  /// The place of an expression in the statement.
  fileprivate var range: SourceRange? {
    switch self {
    case .bind(_, let e), .assign(_, let e), .compound(_, _, let e), .expression(let e), .emit(let e): e.range
    case .loop(_, _, _, _, let range), .whileLoop(_, _, _, let range), .choose(_, _, let range): range
    case .declare(let function, _): function.range
    case .giveBack(let e): e?.range
    case .branch(let conditions, _, _):
      switch conditions.first {
      case .expression(let e), .unwrap(let e, _), .match(_, let e): e.range
      case nil: nil
      }
    case .unchecked(let code): code.range
    case .block, .exitLoop, .nextIteration: nil
    }
  }
}

extension ArgumentPlace {
  fileprivate init(_ argument: Expression) {
    let elements =
      if case .array(let elements) = argument.kind { elements.map(\.range) } else { [SourceRange]() }
    self.init(range: argument.range, elements: elements)
  }
}
