import Synchronization

/// The variables of the cells' top level, by their numbers.
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
  /// What the builder block being run has collected.
  var collected: [BuilderContent.Element] = []

  init(localCount: Int, captured: [Box] = []) {
    locals = Array(repeating: nil, count: localCount)
    self.captured = captured
  }
}
