import CKernels

/// Poisoned gaps between the parts of a plan's block under AddressSanitizer, which reports accesses to them. Other
/// builds have none.
enum RedZones {
  static let exist = quire_has_red_zones() != 0
  /// The number of floats after every part, in addition to rounding up to whole cache lines.
  static let floats = exist ? 16 : 0

  static func close(_ first: UnsafePointer<Float>?, _ count: Int) {
    if exist, let first { quire_red_zone_close(first, Int64(count * MemoryLayout<Float>.stride)) }
  }

  static func open(_ first: UnsafePointer<Float>?, _ count: Int) {
    if exist, let first { quire_red_zone_open(first, Int64(count * MemoryLayout<Float>.stride)) }
  }
}
