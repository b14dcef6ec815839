import Synchronization

/// A variable's value, shared by the cell and the closures that captured it, on any thread.
package final class Box: Sendable {
  private let content: Mutex<Value?>

  package init(_ value: Value? = nil) { content = Mutex(value) }

  deinit {
    guard let value = take(), value.mayHoldBoxes else { return }
    ReleaseQueue.dispose(of: value)
  }

  /// `nil` before the first assignment, and while the value is changed in place.
  package var value: Value? {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }

  /// Changes the value in place while other threads wait; returns `nil` if there is no value. The change must not
  /// run cell code: that could wait for this box, or for one whose change waits for this one.
  package func change<R>(_ change: (inout Value) throws -> R) rethrows -> R? {
    try content.withLock { content in
      guard var value = content.take() else { return nil }
      defer { content = value }
      return try change(&value)
    }
  }

  /// Takes the value out so that it can be changed without a copy. The caller must put it back; until then, readers
  /// find no value.
  package func take() -> Value? {
    content.withLock { $0.take() }
  }
}
