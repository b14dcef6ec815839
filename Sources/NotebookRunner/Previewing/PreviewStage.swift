import Reporting
import Support

/// Puts the page together for the board: the last results under the newest prose, errors at their cells, the progress
/// of the run.
final class PreviewStage {
  private let board: PreviewBoard
  private let name: String
  private(set) var snapshot: RunSnapshot?
  private var parts: PageParts?
  private var edited: CheckedNotebook?
  private var errors: [CheckedVersion.Located] = []
  private var pace = WritePace()
  private var curvesDue = ContinuousClock.now
  private static let curvesInterval = Duration.seconds(2)
  /// Whether there are results that are not on the board, because those before them are still new: each update of the
  /// page costs every tab time that a training could use.
  private var isWaiting = false
  private var putDue = ContinuousClock.now
  private static let putInterval = Duration.seconds(2)

  init(_ board: PreviewBoard, notebook: String) {
    self.board = board
    name = notebook
    board.set("notebook", notebook)
    board.show(title: notebook, language: "en")
  }

  /// Shows a run's results so far.
  func show(_ snapshot: RunSnapshot, _ parts: PageParts) {
    self.snapshot = snapshot
    if let edited, edited.document.bytes != snapshot.notebook.document.bytes {
      // The prose is newer than the run. Rendering takes time from the training, so not every result is shown.
      guard snapshot.status != .running || pace.due <= .now else { return }
      self.parts = rendered(snapshot.shown(in: edited))
    } else {
      self.parts = parts
    }
    isWaiting = snapshot.status == .running && putDue > .now
    if !isWaiting { put() }
  }

  /// Shows results that came too soon after others.
  func showWaiting() {
    if isWaiting, putDue <= .now { put() }
  }

  /// Shows a version that was saved, with the results of the steps that it has in common with the last run.
  func show(edited notebook: CheckedNotebook) {
    edited = notebook
    guard let snapshot else { return }
    parts = rendered(snapshot.shown(in: notebook))
    put()
  }

  /// Shows the errors of the newest version above the cells that they are in; the rest of the page stays.
  func show(errors: [CheckedVersion.Located]) {
    if errors == self.errors { return }
    self.errors = errors
    put()
  }

  /// Shows the form for the parameters.
  func show(fields: [ParameterField]) { board.set("parameters", fields) }

  /// Shows the progress of the run.
  func show(_ state: PreviewDisplay.State) {
    board.set("step", state.step)
    board.set("progress", state.training.words)
    // Curves are long, and nobody sees them change more often.
    if curvesDue <= .now || !state.training.isRunning {
      curvesDue = .now + Self.curvesInterval
      board.set("training", state.training.curves)
    }
    board.set("images", state.images.map { [$0.done, $0.total] })
    board.set("console", state.console.text)
  }

  /// Shows what the preview is doing, and its question.
  func show(_ status: PreviewStatus, question: (number: Int, step: Int, text: String)?) {
    struct Question: Encodable {
      var number: Int
      var anchor: String
      var text: String
    }
    board.set("status", status)
    let anchors = (edited?.document.steps ?? []).enumerated().map { PageAnchors.cell($1, number: $0 + 1) }
    board.set(
      "question",
      question.map { question in
        Question(
          number: question.number,
          anchor: anchors.indices.contains(question.step) ? anchors[question.step] : "", text: question.text)
      })
  }

  private func rendered(_ snapshot: RunSnapshot) -> PageParts {
    let start = ContinuousClock.now
    defer { pace.wrote(since: start) }
    return ReportAssembler(snapshot).report(RunProvenance(snapshot)).rendered().parts
  }

  private func put() {
    isWaiting = false
    putDue = .now + Self.putInterval
    var sections = parts?.sections ?? []
    for (number, error) in errors.enumerated().reversed() {
      let part = PageParts.Part(name: "error-\(number + 1)", blocks: [.problem(error.text)])
      sections.insert(part, at: sections.place(ofSection: error.block ?? 0))
    }
    board.show(title: parts?.title ?? name, language: parts?.language ?? "en")
    board.show(frame: parts?.frame ?? [], sections: sections)
  }
}

extension [PageParts.Part] {
  /// The index of the part with a section, counted from 0.
  fileprivate func place(ofSection number: Int) -> Int {
    var rest = number
    for (index, part) in enumerated() {
      if rest < part.sectionCount { return index }
      rest -= part.sectionCount
    }
    return count
  }
}
