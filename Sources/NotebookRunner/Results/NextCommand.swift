import Diagnostics
import Foundation

/// The command to run next after errors or an interruption, which the terminal prints last.
enum NextCommand {
  /// After a check with errors; `nil` if only the notebook's author can help.
  static func afterCheck(_ problems: [Diagnostic], _ options: RunOptions) -> String? {
    let errors = problems.filter { $0.severity == .error }
    if errors.isEmpty { return nil }
    if let fetch = errors.lazy.compactMap({ fetching($0.message) }).first { return fetch }
    let isFixable = errors.contains { $0.fixIts.contains(where: \.isCertain) }
    return isFixable ? check(options, with: ["--fix"]) : nil
  }

  /// After errors that prevented a run.
  static func afterRefusal(_ problems: [Diagnostic], _ options: RunOptions) -> String {
    afterCheck(problems, options) ?? check(options)
  }

  /// After a run or a sweep that stopped before its end.
  ///
  /// - Parameters:
  ///   - failure: the message of the step that failed.
  ///   - program: the command that ran, `run` or `sweep`.
  static func afterStop(_ options: RunOptions, failure: String? = nil, program: String = "run") -> String {
    if let fetch = failure.flatMap(fetching) { return fetch }
    let given = options.command.isEmpty ? ["quire", program, options.notebook] : options.command
    return RunProvenance.quoted(given.filter { $0 != "--fresh" })
  }

  /// The download of a missing data set, from an error message.
  private static func fetching(_ message: String) -> String? {
    message.firstMatch(of: /get it with: (quire data fetch [\w-]+)/).map { String($0.output.1) }
  }

  private static func check(_ options: RunOptions, with arguments: [String] = []) -> String {
    var command = ["quire", "check"] + arguments + [options.notebook]
    for parameter in options.parameters { command += ["-p", "\(parameter.name)=\(parameter.value)"] }
    for file in options.parameterFiles { command += ["-P", file] }
    if let data = options.data { command += ["--data", data] }
    return RunProvenance.quoted(command)
  }
}
