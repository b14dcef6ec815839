/// The unit in which the processor fetches memory: 64 bytes.
enum CacheLine {
  /// A number of floats rounded up to whole cache lines.
  static func aligned(_ floats: Int) -> Int { (floats + 15) & ~15 }
}
