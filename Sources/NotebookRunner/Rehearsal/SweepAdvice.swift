import Cells
import Diagnostics

extension CheckedNotebook {
  /// The rehearsal's errors, with the advice to sweep if a parameter was given several texts: the error that names
  /// them gets it, otherwise the first one.
  func advisingSweep(_ errors: [Diagnostic]) -> [Diagnostic] {
    var errors = errors
    for parameter in parameters {
      guard let advice = parameter.sweepAdvice, case .string(let text) = parameter.value, !errors.isEmpty
      else { continue }
      let place = errors.firstIndex { $0.message.contains(text) } ?? errors.startIndex
      errors[place].notes.append(advice)
    }
    return errors
  }
}
