import Synchronization

/// Top-level variables, by number.
final class Globals: Sendable {
  private let boxes = Mutex<[Int: Box]>([:])

  subscript(index: Int) -> Box {
    boxes.withLock { boxes in
      if let box = boxes[index] { return box }
      let box = Box()
      boxes[index] = box
      return box
    }
  }
}

/// The variables of one call.
struct Frame {
  var locals: [Box?]
  let captured: [Box]
  /// The values collected so far by the running builder block.
  var collected: [BuilderContent.Element] = []

  init(localCount: Int, captured: [Box] = []) {
    locals = Array(repeating: nil, count: localCount)
    self.captured = captured
  }
}
