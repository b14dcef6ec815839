#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The stack space left on the current thread; lets deep recursion fail with an error instead of crashing.
package enum Stack {
  /// Bytes that checking a cell, or evaluating one function's deepest expression, may need.
  package static let needed = 16 << 20
  /// The stack size in bytes of threads created by ``withLargeStack(_:)``.
  package static let threadSize = 512 << 20

  private static let baseKey = newKey()
  private static let depthKey = newKey()

  private static func newKey() -> pthread_key_t {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }

  /// The number of nested cell function calls on this thread and the threads that it continues.
  package static var callDepth: Int {
    get { Int(bitPattern: pthread_getspecific(depthKey)) }
    set { pthread_setspecific(depthKey, UnsafeRawPointer(bitPattern: newValue)) }
  }

  /// Whether the current thread is one of ours with space to spare. The stack size of other threads is unknown.
  package static var isLarge: Bool {
    guard let base = pthread_getspecific(baseKey) else { return false }
    return Int(bitPattern: base) - here < threadSize - needed
  }

  /// Marks the current thread as one of ours.
  fileprivate static func begin(depth: Int) {
    pthread_setspecific(baseKey, UnsafeRawPointer(bitPattern: here))
    callDepth = depth
  }

  /// The approximate address of the current stack frame.
  private static var here: Int {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { Int(bitPattern: $0) }
  }
}

/// Runs the body on a thread with a large stack and waits for it; directly if the current thread already has one.
///
/// Checking and running a cell do this themselves. A caller that sets task-local values for host functions runs the
/// whole notebook inside the body, because a new thread does not inherit task-local values.
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
  // If no thread can be created, use the current stack.
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
