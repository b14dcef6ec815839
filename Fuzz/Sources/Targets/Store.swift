@testable import Store

extension FuzzTarget {
  /// A record of the store, as it is and with its checksums made right.
  static let store = FuzzTarget(name: "store") { bytes in
    FUZZ
  }
}
