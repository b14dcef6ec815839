import Synchronization

/// A variable's value; shared by the cell and the closures that captured it, on whatever threads they run.
final class Box: Sendable {
  private let content: Mutex<Value?>

  init(_ value: Value? = nil) { content = Mutex(value) }

  /// `nil` before the first value, and while the value is being changed in place.
  var value: Value? {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }

  /// Takes the value out, so that it can be changed without a copy; it must be put back.
  func take() -> Value? {
    content.withLock { content in
      defer { content = nil }
      return content
    }
  }
}

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
