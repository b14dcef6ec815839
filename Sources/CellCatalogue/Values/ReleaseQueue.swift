#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Releases the values of variables without deep recursion.
///
/// A closure keeps the variables that it captured, and their values may be closures again. So a chain of closures can be
/// of any length, and releasing its first must not take stack space for each.
enum ReleaseQueue {
  /// The levels that are released by recursion, which is fast.
  private static let maximumDepth = 100

  private static let depthKey = newKey()
  private static let pendingKey = newKey()

  private static func newKey() -> pthread_key_t {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }

  /// The values of this thread that wait because the stack is deep.
  private final class Pending {
    var values: [Value] = []
  }

  /// Releases a value now, or after the values that are being released on this thread.
  static func dispose(of value: consuming Value) {
    let depth = Int(bitPattern: pthread_getspecific(depthKey))
    if depth >= maximumDepth { return postpone(value) }
    setDepth(depth + 1)
    drop(value)
    if depth == 0 { releasePending() }
    setDepth(depth)
  }

  private static func postpone(_ value: consuming Value) {
    let pending: Pending
    if let known = pthread_getspecific(pendingKey) {
      pending = Unmanaged<Pending>.fromOpaque(known).takeUnretainedValue()
    } else {
      pending = Pending()
      pthread_setspecific(pendingKey, Unmanaged.passRetained(pending).toOpaque())
    }
    pending.values.append(value)
  }

  private static func releasePending() {
    guard let known = pthread_getspecific(pendingKey) else { return }
    let pending = Unmanaged<Pending>.fromOpaque(known).takeUnretainedValue()
    while let next = pending.values.popLast() { drop(next) }
    pthread_setspecific(pendingKey, nil)
    Unmanaged<Pending>.fromOpaque(known).release()
  }

  @inline(never)
  private static func drop(_ value: consuming Value) { _ = consume value }

  private static func setDepth(_ depth: Int) {
    pthread_setspecific(depthKey, UnsafeRawPointer(bitPattern: depth))
  }
}

extension Value {
  /// Whether a closure may be in the value.
  var mayHoldBoxes: Bool {
    switch self {
    case .int, .double, .float, .bool, .string, .void, .range: false
    default: true
    }
  }
}
