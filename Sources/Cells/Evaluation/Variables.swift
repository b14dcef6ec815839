import Synchronization

/// A variable's value, shared by the cell and the closures that captured it, on any thread.
final class Box: Sendable {
  private let content: Mutex<Value?>

  init(_ value: Value? = nil) { content = Mutex(value) }

  /// `nil` before the first assignment, and while the value is changed in place.
  var value: Value? {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }

  /// Changes the value in place while other threads wait; returns `nil` if there is no value. The change must not
  /// run cell code: that could wait for this box, or for one whose change waits for this one.
  func change<R>(_ change: (inout Value) throws -> R) rethrows -> R? {
    try content.withLock { content in
      guard var value = content.take() else { return nil }
      defer { content = value }
      return try change(&value)
    }
  }

  /// Takes the value out so that it can be changed without a copy. The caller must put it back; until then, readers
  /// find no value.
  func take() -> Value? {
    content.withLock { $0.take() }
  }
}

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
