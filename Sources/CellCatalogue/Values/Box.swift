import Synchronization

/// A variable's value; shared by the cell and the closures that captured it, on whatever threads they run.
package final class Box: Sendable {
  private let content: Mutex<Value?>

  package init(_ value: Value? = nil) { content = Mutex(value) }

  /// `nil` before the first value, and while the value is being changed in place.
  package var value: Value? {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }

  /// Changes the value in place while other threads wait; returns `nil` where there is none. The change must not run
  /// cells' code: that could wait for this box, or for one whose change waits for this one.
  package func change<R>(_ change: (inout Value) throws -> R) rethrows -> R? {
    try content.withLock { content in
      guard var value = content.take() else { return nil }
      defer { content = value }
      return try change(&value)
    }
  }

  /// Takes the value out, so that it can be changed without a copy; it must be put back. Readers find no value meanwhile.
  package func take() -> Value? {
    content.withLock { $0.take() }
  }
}
