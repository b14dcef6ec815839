/// Floats at a fixed address for as long as the buffer lives: optimizer state that steps update in place.
final class FloatBuffer {
  let buffer: UnsafeMutableBufferPointer<Float>

  init(zeros count: Int) {
    buffer = .allocate(capacity: count)
    buffer.initialize(repeating: 0)
  }

  deinit { buffer.deallocate() }
}
