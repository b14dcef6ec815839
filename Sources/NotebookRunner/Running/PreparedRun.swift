import Diagnostics
import Documents
import Steps
import Store

/// A run before its first step: the checked notebook, and a session with what earlier runs left.
struct PreparedRun {
  let notebook: CheckedNotebook
  let settings: RunSettings
  let session: Session

  /// Prepares a run; nothing is written.
  ///
  /// - Parameter found: problems found while reading the document.
  init(
    _ document: Document, _ found: [Diagnostic], _ options: RunOptions, store: Store, folder: RunFolder,
    display: any RunDisplay, signal: @escaping @Sendable () -> Int32?, control: RunControl = RunControl()
  ) {
    settings = RunSettings(options, document, folder)
    let cache = StepCache(store: store, notebook: options.name, settings, isFresh: options.fresh) {
      display.event(.warning($0))
    }
    let trainings = TrainingCache(
      store: store, notebook: options.name, isFresh: options.fresh, earlier: cache.earlier.trainings)
    let observer = SessionObserver(folder: folder, display: display, signal: signal)
    let images = PreparedImages(store: store, notebook: options.name, isFresh: options.fresh, trainings)
    let run = Run(settings, observer: observer, keeper: trainings, images: images)
    notebook = CheckedNotebook(
      document, found: found, catalogue: .quire(run), given: options.given,
      theme: ThemeFile(options, document))
    session = Session(
      notebook, options: options, run: run, folder: folder, observer: observer, display: display,
      cache: cache, trainingCache: trainings, control: control)
  }

  /// The plan of the run, as far as it can be known.
  func plan(_ rehearsal: NotebookRehearsal) -> RunPlan {
    RunPlan(
      session.steps, session.dependencies, session.environment, session.cache, session.trainingCache,
      rehearsal, firstRerun: session.control.firstRerun)
  }
}
