/// Floats at a fixed address during the buffer's lifetime: optimizer state that is updated in place.
final class FloatBuffer {
  let buffer: UnsafeMutableBufferPointer<Float>

  init(zeros count: Int) {
    buffer = .allocate(capacity: count)
    buffer.initialize(repeating: 0)
  }

  deinit { buffer.deallocate() }
}
