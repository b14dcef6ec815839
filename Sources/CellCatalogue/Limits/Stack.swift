#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is left of the running thread's stack, so that deep recursion ends in an error and not in a crash.
package enum Stack {
  /// What checking a cell, or running one function's deepest expression, may need.
  package static let needed = 16 << 20
  /// The size of the threads that ``withLargeStack(_:)`` makes.
  package static let threadSize = 512 << 20

  private static let baseKey = newKey()
  private static let depthKey = newKey()

  private static func newKey() -> pthread_key_t {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }

  /// How many calls of cells' functions are running on this thread, and on those that it continues.
  package static var callDepth: Int {
    get { Int(bitPattern: pthread_getspecific(depthKey)) }
    set { pthread_setspecific(depthKey, UnsafeRawPointer(bitPattern: newValue)) }
  }

  /// Whether the running thread is one of ours with room to spare; of others the size is not known.
  package static var isLarge: Bool {
    guard let base = pthread_getspecific(baseKey) else { return false }
    return Int(bitPattern: base) - here < threadSize - needed
  }

  /// Marks the running thread as one of ours.
  fileprivate static func begin(depth: Int) {
    pthread_setspecific(baseKey, UnsafeRawPointer(bitPattern: here))
    callDepth = depth
  }

  /// About where the running frame stands.
  private static var here: Int {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { Int(bitPattern: $0) }
  }
}

/// Runs the body on a thread with a large stack, and waits for it; at once where the running thread has one.
///
/// Checking and running a cell do so by themselves. A caller that sets task-local values for the host's functions
/// runs the whole notebook inside, as a new thread does not see those of the old one.
public func withLargeStack<R>(_ body: @escaping () -> R) -> R {
  if Stack.isLarge { return body() }
  var result: R?
  let depth = Stack.callDepth
  let task = StackTask {
    Stack.begin(depth: depth)
    result = body()
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, Stack.threadSize)
  let argument = Unmanaged.passRetained(task)
  #if canImport(Darwin)
    var thread: pthread_t?
    let isStarted = pthread_create(&thread, &attributes, runStackTask, argument.toOpaque()) == 0
    if isStarted, let thread { pthread_join(thread, nil) }
  #else
    var thread = pthread_t()
    let isStarted = pthread_create(&thread, &attributes, runStackTask, argument.toOpaque()) == 0
    if isStarted { pthread_join(thread, nil) }
  #endif
  if !isStarted { argument.release() }
  // Where no thread is to be had, the stack there is must do.
  return result ?? body()
}

private final class StackTask {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}

#if canImport(Darwin)
  private func runStackTask(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<StackTask>.fromOpaque(argument).takeRetainedValue().body()
    return nil
  }
#else
  private func runStackTask(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<StackTask>.fromOpaque(argument).takeRetainedValue().body() }
    return nil
  }
#endif
