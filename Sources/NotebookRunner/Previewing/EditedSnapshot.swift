import Cells
import Documents
import Support

extension RunSnapshot {
  /// The run's results under another version of its notebook: new prose and new code, and the results of the steps
  /// whose code is unchanged. Steps with new code keep their results, marked as those of the earlier code.
  func shown(in edited: CheckedNotebook) -> RunSnapshot {
    RunSnapshot(
      notebook: edited, options: options, settings: settings,
      notebookSHA256: notebookSHA256, status: status, steps: steps(of: edited.document),
      values: values(of: edited.document), lastPosition: .max, results: results,
      resultsBefore: resultsBefore, started: started, ended: ended)
  }

  private func steps(of edited: Document) -> [StepRecord] {
    let fences = edited.positionedSteps
    let match = StepMatch(old: steps.map(\.fence), new: fences.map(\.fence))
    return fences.enumerated().map { index, place in
      var record = StepRecord(fence: place.fence, position: place.position, number: index + 1)
      guard let index = match.old[index] else { return record }
      let earlier = steps[index]
      record.seconds = earlier.seconds
      record.blocks = earlier.blocks
      record.failure = earlier.failure
      record.isRestored = earlier.isRestored
      let isSame = earlier.fence.codeWithoutOptions == place.fence.codeWithoutOptions
      record.status =
        isSame || earlier.status == .pending || earlier.status == .skipped ? earlier.status : .edited
      return record
    }
  }

  /// Equal expressions keep their values, in order.
  private func values(of edited: Document) -> [InlineExpression: String] {
    var known: [String: [String]] = [:]
    for expression in notebook.document.inlineExpressions.reversed() {
      if let value = values[expression] { known[expression.code, default: []].append(value) }
    }
    var found: [InlineExpression: String] = [:]
    for expression in edited.inlineExpressions {
      guard var rest = known[expression.code], let value = rest.last else { continue }
      // The last value serves any further copies.
      if rest.count > 1 {
        rest.removeLast()
        known[expression.code] = rest
      }
      found[expression] = value
    }
    return found
  }
}

/// Pairs the steps of two versions of a notebook: by label, then by equal code, then the others by their order between
/// those.
struct StepMatch {
  /// For each new step, the index of the old one.
  private(set) var old: [Int: Int] = [:]

  init(old: [Fence], new: [Fence]) {
    var open = Set(old.indices)
    func pair(_ isPair: (Fence, Fence) -> Bool) {
      for (index, fence) in new.enumerated() where self.old[index] == nil {
        guard let found = open.sorted().first(where: { isPair(old[$0], fence) }) else { continue }
        self.old[index] = found
        open.remove(found)
      }
    }
    pair { $0.label != nil && $0.label == $1.label }
    pair { $0.codeWithoutOptions == $1.codeWithoutOptions }
    // A step that was edited lies between the same neighbours.
    for (index, _) in new.enumerated() where self.old[index] == nil {
      let expected = index == 0 ? 0 : self.old[index - 1].map { $0 + 1 }
      guard let expected, open.contains(expected) else { continue }
      self.old[index] = expected
      open.remove(expected)
    }
  }
}

extension Document {
  /// The steps with their places among the blocks.
  var positionedSteps: [(position: Int, fence: Fence)] {
    blocks.enumerated().compactMap { position, block in
      if case .step(let fence) = block { (position, fence) } else { nil }
    }
  }
}
