import Foundation

/// Counts allocations if the counter library is preloaded: `LD_PRELOAD=…/libAllocationCounter.so quire …`.
struct AllocationCounter {
  private let function: @convention(c) () -> Int64

  /// `nil` if the counter library is not preloaded.
  init?() {
    guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "quire_allocations") else { return nil }
    function = unsafeBitCast(symbol, to: (@convention(c) () -> Int64).self)
    if function() < 0 { return nil }
  }

  /// The number of calls of malloc and its relatives so far, by any thread of the process.
  var count: Int { Int(function()) }
}
