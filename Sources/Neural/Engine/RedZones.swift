import CKernels

/// Under AddressSanitizer, what lies between the parts of a plan's block, as it lies between allocations: whatever
/// reads or writes it is reported. In other builds nothing of this exists.
enum RedZones {
  static let exist = quire_has_red_zones() != 0
  /// Behind every part, besides what rounds it up to whole cache lines.
  static let floats = exist ? 16 : 0

  static func close(_ first: UnsafePointer<Float>?, _ count: Int) {
    if exist, let first { quire_red_zone_close(first, Int64(count * MemoryLayout<Float>.stride)) }
  }

  static func open(_ first: UnsafePointer<Float>?, _ count: Int) {
    if exist, let first { quire_red_zone_open(first, Int64(count * MemoryLayout<Float>.stride)) }
  }
}
