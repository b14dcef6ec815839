extension Value {
  /// The maximum number of elements in an array.
  package static let maximumCount = 10_000_000

  package static func checkCount(_ count: Int) throws {
    if count > maximumCount {
      throw LibraryFailure("too many elements for cells: \(count); the maximum is \(maximumCount)")
    }
    try Meter.current?.expect(elements: count)
  }

  /// The elements that a loop over the value visits, in order.
  package func elements() throws -> [Value] {
    switch self {
    case .array(let elements): return elements
    case .dictionary(let entries):
      return zip(entries.keys, entries.values).map { .tuple([$0, $1], labels: ["key", "value"]) }
    case .set(let elements): return elements.elements
    case .range(.int, .void, _): throw LibraryFailure("a one-sided range has no end")
    case .range(.int(let low), .int(let high), let isClosed):
      let (count, overflow) = high.subtractingReportingOverflow(low)
      guard !overflow, count < Self.maximumCount else {
        throw LibraryFailure("a range of more than \(Self.maximumCount) numbers is too large for cells")
      }
      try Meter.current?.expect(elements: count)
      return isClosed ? (low...high).map { .int($0) } : (low..<high).map { .int($0) }
    default: throw HostMismatch(what: "the value", expected: .sequence("", .anything))
    }
  }
}
