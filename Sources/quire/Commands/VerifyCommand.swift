import ArgumentParser
import Cells
import NotebookRunner
import Steps
import Support

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run a report's notebook again and compare the figures.",
    discussion: """
      Runs the notebook that the report contains in a temporary folder, with the report's parameters, seed and \
      precision, and says for each figure whether it is equal to the last bit, close or different. On another \
      processor or with another version, trainings round differently and figures differ slightly.

      Example:
        quire verify cifar10.html --data ~/data

      Exit status: 0 every figure is equal or close; 1 a figure is different, or the run ended differently; 2 nothing \
      was run; 129, 130 or 143 interrupted.
      """)

  @Argument(help: "Path of the report", completion: .file(extensions: ["html"]))
  var report: String

  @Option(name: .long, help: .data)
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Folder of the files that the notebook reads by relative paths", valueName: "dir"))
  var files: String?

  @Option(name: .long, help: .threads)
  var threads: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Largest difference of a close figure; above 1, in proportion to the figure"))
  var tolerance = Verification.Options.defaultTolerance

  @Flag(name: .long, help: .quiet)
  var quiet = false

  func validate() throws {
    try check("--threads", threads, in: threadRange)
    guard tolerance >= 0 else { throw ValidationError("--tolerance must be at least 0, found \(tolerance)") }
  }

  func run() throws {
    Interruption.install()
    let options = Verification.Options(
      report: report, data: data, files: files, threads: threads, tolerance: tolerance)
    let display = ProgressDisplay(quiet: quiet)
    let result = withLargeStack {
      Result { try NotebookRunner.verify(options, display: display) { Interruption.signalNumber } }
    }
    switch result {
    case .failure(let error):
      Console.error("\(error)")
      throw ExitCode(2)
    case .success(let verification): try show(verification)
    }
  }

  private func show(_ verification: Verification) throws {
    if verification.runStatus >= 2 { throw ExitCode(verification.runStatus) }
    for line in VerificationText.lines(verification) { Console.out(line) }
    Console.out("\(report): \(VerificationText.verdict(verification))")
    if !verification.isConfirmed { throw ExitCode(1) }
  }
}

/// A verification as text.
enum VerificationText {
  /// A line per figure, then what differs between the runs.
  static func lines(_ verification: Verification) -> [String] {
    let width = verification.figures.map(\.name.count).max() ?? 0
    let figures = verification.figures.map { figure in
      let name = figure.name.padded(to: width)
      let values =
        figure.agreement == .equal
        ? text(figure.reported) : "\(text(figure.reported)) in the report, \(text(figure.found)) now"
      return "\(name)  \(figure.agreement.rawValue.padded(to: 9))  \(values)"
    }
    return figures + verification.differences.map { "note: another \($0)" }
  }

  /// For example `8 figures equal, 2 close, 1 different`.
  static func verdict(_ verification: Verification) -> String {
    guard !verification.figures.isEmpty else {
      return verification.isConfirmed
        ? "the run ended as reported; it has no figures to compare" : "the run ended differently"
    }
    let counts = [VerifiedFigure.Agreement.equal, .close, .different].compactMap { agreement in
      let count = verification.count(agreement)
      return count == 0 ? nil : "\(Number.counted(count, "figure")) \(agreement.rawValue)"
    }
    return counts.joined(separator: ", ")
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "none" }
}
