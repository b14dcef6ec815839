import Diagnostics
import Synchronization

/// The state of a rehearsal: failures found, steps used, and variables that functions may change.
final class Rehearsal: Sendable {
  private struct State {
    var failures: [CellFailure] = []
    var places: Set<Place> = []
    var unfinished: [SourceRange] = []
    var steps = 0
    var mayFail = false
    /// Variables that already created functions may change when called.
    var boxes: [ObjectIdentifier: Box] = [:]
    var globals: Set<Int> = []
    /// Rows that those functions may call.
    var rows: Set<String> = []
    var effects: [ObjectIdentifier: Effects] = [:]
  }

  private struct Place: Hashable {
    var range: SourceRange
    /// The message, if the place has several failures.
    var message: String?
  }

  let host: any RehearsalHost
  private let maximumSteps: Int
  private let state = Mutex(State())

  init(host: any RehearsalHost, steps: Int) {
    self.host = host
    maximumSteps = steps
  }

  var failures: [CellFailure] { state.withLock { $0.failures } }
  var unfinished: [SourceRange] { state.withLock { $0.unfinished } }

  /// Starts a cell.
  func begin(mayFail: Bool) {
    state.withLock {
      $0.steps = 0
      $0.mayFail = mayFail
    }
  }

  /// Counts a step. `true` if the cell has used up its steps.
  var isSpent: Bool {
    state.withLock {
      $0.steps += 1
      return $0.steps > maximumSteps
    }
  }

  /// Records a failure that the run would meet; the first at each place.
  ///
  /// - Parameter isOneOfSeveral: whether the call has other failures, which are recorded too.
  func note(_ failure: CellFailure, isOneOfSeveral: Bool = false) {
    if failure.isUnknown || failure.underlying is HostMismatch { return }
    state.withLock { state in
      let place = Place(range: failure.range, message: isOneOfSeveral ? failure.message : nil)
      guard !state.mayFail, state.places.insert(place).inserted else { return }
      if failure.isCancelled {
        state.unfinished.append(failure.range)
      } else {
        state.failures.append(failure)
      }
    }
  }

  // MARK: Functions

  /// Records a new function that captures these variables.
  func made(_ function: Function, captured: [Box]) {
    let effects = effects(of: function)
    state.withLock { state in
      state.rows.formUnion(effects.rows)
      for reference in effects.changed {
        switch reference {
        case .global(let index): state.globals.insert(index)
        case .captured(let index):
          if captured.indices.contains(index) {
            state.boxes[ObjectIdentifier(captured[index])] = captured[index]
          }
        case .local: break
        }
      }
    }
  }

  private func effects(of function: Function) -> Effects {
    let key = ObjectIdentifier(function)
    if let known = state.withLock({ $0.effects[key] }) { return known }
    let effects = Effects(function.body)
    state.withLock { $0.effects[key] = effects }
    return effects
  }

  /// Forgets the variables that functions may change, because a part that may call them is not rehearsed.
  ///
  /// - Returns: the rows that those functions may call.
  func forgetWhatFunctionsChange(_ globals: Globals) -> Set<String> {
    let (boxes, indices, rows) = state.withLock { (Array($0.boxes.values), $0.globals, $0.rows) }
    for box in boxes { box.value = nil }
    for index in indices { globals[index].value = nil }
    return rows
  }
}

extension CellFailure {
  /// The failure for an expression whose value is not known before the run.
  static func unknown(at range: SourceRange) -> CellFailure {
    var failure = CellFailure(range: range, message: "not known before the run")
    failure.isUnknown = true
    return failure
  }
}

extension Value {
  /// A placeholder for an unknown value among a call's arguments.
  static let unknown = Value.host(UnknownMark(), type: "unknown")

  var isUnknown: Bool { if case .host(is UnknownMark, _) = self { true } else { false } }
}

private struct UnknownMark: Sendable {}
