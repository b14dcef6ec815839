import Documents
import Foundation
import Neural
import Steps
import Support

/// Runs a notebook for every combination of parameter values.
public enum SweepRunner {
  /// Runs a sweep. Checks and rehearses every combination that is not done, then runs each in its own folder, and
  /// updates the comparison page after each run.
  ///
  /// - Parameters:
  ///   - launcher: starts the runs.
  ///   - signal: returns the signal that asked the sweep to stop; `nil` if there was none.
  /// - Returns: the outcome with exit code 0 all done, 1 some failed, 2 nothing was run, 129, 130 or 143 interrupted.
  public static func run(
    _ options: SweepOptions, display: any SweepDisplay, launcher: any RunLauncher,
    signal: @escaping @Sendable () -> Int32? = { nil }
  ) -> RunOutcome {
    let name = options.run.notebook
    let (document, found) = DocumentReader.read(path: name)
    guard let document else {
      for problem in found { display.problem(problem.rendered(file: name)) }
      return RunOutcome(exitCode: 2)
    }
    let shouldStop = { @Sendable in signal() != nil }
    let plan = SweepPlan(options, document: document, found: found, shouldStop: shouldStop)
    if let number = signal() { return interrupted(number, display) }
    guard display.tell(plan.findings) else { return RunOutcome(exitCode: 2) }
    func refuse(_ problem: String) -> RunOutcome {
      display.problem("\(name): error: \(problem); nothing was run")
      return RunOutcome(exitCode: 2)
    }
    if let problem = RunSettings(output: ".", dataDirectory: options.run.data).problem {
      return refuse(problem)
    }
    let folder = SweepFolder(options.run)
    if let problem = folder.owner.problem(for: name) { return refuse(problem) }
    let rehearsal = SweepRehearsal(
      plan, SweepAgenda(options, plan: plan, folder: folder), options: options.run,
      shouldStop: shouldStop,
      progress: { display.status("\($0) of \($1) combinations checked") })
    if let number = signal() { return interrupted(number, display) }
    guard display.tell(rehearsal.findings) else { return RunOutcome(exitCode: 2) }
    do {
      try folder.prepare()
      try folder.owner.claim(for: name)
    } catch {
      return refuse("cannot write the results: \(error)")
    }
    guard let lock = folder.lock() else {
      return refuse("another sweep is running in \(folder.directory)")
    }
    defer { if lock >= 0 { close(lock) } }

    var sweep = Sweep(options, plan: plan, folder: folder, display: display)
    do {
      try sweep.execute(launcher: launcher, signal: signal)
    } catch {
      display.problem("\(name): error: cannot write the results: \(error)")
      return RunOutcome(exitCode: 1, report: folder.page)
    }
    let code = sweep.exitCode(signal: signal())
    return RunOutcome(
      exitCode: code, report: folder.page, json: JSON.text(sweep.manifest),
      next: code == 0 ? nil : NextCommand.afterStop(options.run, program: "sweep"))
  }

  private static func interrupted(_ signal: Int32, _ display: any SweepDisplay) -> RunOutcome {
    display.problem("interrupted; nothing was run")
    return RunOutcome(exitCode: 128 + signal)
  }
}
