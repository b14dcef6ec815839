import Cells
import Diagnostics
import Foundation
import Neural
import Reporting
import Steps
import Store
import Support

/// Restores a session's steps from the cache and saves them there.
extension Session {
  /// The key under which the step's result is cached; `nil` if it cannot be computed or the cell says
  /// `cache: false`, so that the step runs.
  func key(of index: Int) -> StepKey? {
    guard steps[index].isCached else { return nil }
    return rematerializer.dependencies.key(of: index, rematerializer.fingerprints, environment, run.results)
  }

  /// Restores the step's result and its files from the cache. Returns `false` if that is impossible.
  ///
  /// - Throws: ``Rematerializer/Mismatch``.
  func restore(_ index: Int, _ key: StepKey) throws -> Bool {
    if let first = control.firstRerun, index >= first { return false }
    guard keepsSteps, let kept = cache.step(key)?.renamingPrinted(to: steps[index].printedStem),
      putBack(kept.files)
    else { return false }
    try rematerializer.restored(index, key, kept)
    steps[index].blocks = kept.blocks
    steps[index].seconds = kept.seconds
    steps[index].status = .ran
    steps[index].isRestored = true
    var results = run.results
    results.add(kept.change)
    run.replaceResults(with: results)
    cache.note(key, title: steps[index].title, isKept: true, trainings: kept.trainings)
    return true
  }

  /// Caches the result of a step that was just run.
  func keep(_ index: Int, _ key: StepKey?, _ before: Ledger, _ called: CalledSteps) {
    let changes = rematerializer.ran(
      index, key, origin: key?.digest ?? UUID().uuidString,
      keepsWeights: called.contains(.changesWeights))
    guard let key else { return }
    let title = steps[index].title
    let trainings = trainingCache.takeUsed()
    let change = LedgerChange(
      from: before, to: run.results, replacesDataset: called.contains(.replacesDataset),
      replacesRequirements: called.contains(.replacesRequirements))
    var isKept = false
    if changes.isWhole, let files = files(observer.takeFiles() + change.checkpoints(in: folder)) {
      let kept = CachedStep(
        names: changes.names, models: changes.models, blocks: steps[index].blocks, change: change,
        files: files,
        reads: observer.takeReads(),
        seconds: steps[index].seconds ?? 0, trainings: trainings)
      cache.keep(kept, key, title: title)
      isKept = true
    }
    cache.note(key, title: title, isKept: isKept, trainings: trainings)
  }

  /// Prepares the step's trainings. Each is recorded in the index and pinned by the report as soon as it is saved,
  /// since a run may end at any time.
  func beginTraining(_ index: Int, _ key: StepKey?, reading names: [String]) {
    let retells = dependencies.canRetellEpochs(of: index, reading: names, rematerializer.fingerprints)
    let isCached = steps[index].isCached
    guard let key else { return trainingCache.begin(nil, retellsEpochs: retells, isCached: isCached) }
    // Training calls back from the thread that this one waits for.
    nonisolated(unsafe) let cache = cache
    let title = steps[index].title
    trainingCache.begin(key, retellsEpochs: retells) { used in
      cache.note(key, title: title, isKept: false, trainings: [used])
      cache.write(isWhole: false)
    }
  }

  /// Records that the step did not finish.
  func noteUnfinished(_ index: Int, _ key: StepKey?) {
    guard let key else { return }
    cache.note(key, title: steps[index].title, isKept: false, trainings: trainingCache.takeUsed())
  }

  /// Makes the values available that the step reads.
  ///
  /// - Throws: ``Rematerializer/Mismatch``, and ``CellFailure`` if the user asked to stop.
  func fetch(_ names: [String]) throws {
    try rematerializer.fetch(names) { step in
      guard let cell = rematerializer.dependencies.cell(step) else { throw Rematerializer.Mismatch() }
      let results = run.results
      run.replaceResults(with: resultsBefore[step] ?? results)
      observer.isMuted = true
      let reading = rematerializer.dependencies.names(
        readBy: cell.usedNames, at: step, rematerializer.fingerprints)
      let called = rematerializer.dependencies.calledSteps(
        cell.calledEntries, names: reading, at: step, rematerializer.fingerprints)
      // A rerun does not save files, so a step that reads files that it may have saved itself cannot be rerun.
      if called.contains(.writesFiles), called.contains(.readsFiles) {
        throw Rematerializer.Mismatch()
      }
      trainingCache.begin(
        rematerializer.key(ofPassed: step),
        retellsEpochs: dependencies.canRetellEpochs(of: step, reading: reading, rematerializer.fingerprints))
      defer {
        observer.isMuted = false
        run.replaceResults(with: results)
      }
      do { try evaluator.run(cell) } catch let error as CellFailure {
        if error.isInterruption || observer.shouldStop { throw error }
        throw Rematerializer.Mismatch()
      }
    }
  }

  // MARK: Files

  /// The files with their stored contents; `nil` if one cannot be stored.
  private func files(_ names: [String]) -> [CachedStep.File]? {
    var files: [CachedStep.File] = []
    for name in Set(names).sorted() {
      guard let bytes = try? FileBytes.read("\(folder.directory)/\(name)", limit: 1 << 32),
        let content = cache.put(bytes)
      else { return nil }
      files.append(.init(name: name, content: content))
    }
    return files
  }

  /// Restores files that are missing or changed.
  private func putBack(_ files: [CachedStep.File]) -> Bool {
    for file in files {
      let path = "\(folder.directory)/\(file.name)"
      if let found = try? FileBytes.read(path, limit: 1 << 32),
        (try? ContentDigest(of: found)) == file.content
      {
        continue
      }
      guard let bytes = cache.blob(file.content) else { return false }
      do {
        if let slash = path.lastIndex(of: "/") { try AtomicFile.createDirectory(String(path[..<slash])) }
        try AtomicFile.write(bytes, to: path)
      } catch { return false }
    }
    return true
  }
}

extension LedgerChange {
  /// The weights saved by trainings, relative to the run's folder.
  fileprivate func checkpoints(in folder: RunFolder) -> [String] {
    histories.flatMap { [$0.bestCheckpoint, $0.lastCheckpoint] }.compactMap { path in
      guard let path, path.hasPrefix(folder.directory + "/") else { return nil }
      return String(path.dropFirst(folder.directory.count + 1))
    }
  }
}
