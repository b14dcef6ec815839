/// Members that only ranges have.
enum Ranges {
  static let members: [Entry] = members(isClosed: false) + members(isClosed: true) + partial

  private static let partial: [Entry] = ["From", "UpTo", "Through"].flatMap { kind -> [Entry] in
    let range = CellType.sequence("PartialRange\(kind)", .t)
    return [
      .library(
        .method, "contains", on: range, [.plain("element", .t)], returns: .bool, where: ["T": .comparable]
      ) { v in .bool(try v.value(0).bounds(contain: v.value(1))) },
      .library(.property, kind == "From" ? "lowerBound" : "upperBound", on: range, returns: .t) { v in
        let (lower, upper) = try bounds(v)
        return kind == "From" ? lower : upper
      },
    ]
  }

  private static func members(isClosed: Bool) -> [Entry] {
    let range: CellType = isClosed ? .closedRange(.t) : .range(.t)
    let integers: CellType = isClosed ? .closedRange(.int) : .range(.int)
    return [
      .library(.property, "lowerBound", on: range, returns: .t) { v in try bounds(v).lower },
      .library(.property, "upperBound", on: range, returns: .t) { v in try bounds(v).upper },
      .library(
        .method, "contains", on: range, [.plain("element", .t)], returns: .bool, where: ["T": .comparable]
      ) { v in
        let (lower, upper) = try bounds(v)
        let x = try v.value(1)
        let isBelow = isClosed ? !upper.isLess(than: x) : x.isLess(than: upper)
        return .bool(!x.isLess(than: lower) && isBelow)
      },
      .library(.property, "count", on: integers, returns: .int) { v in
        guard case (.int(let low), .int(let high)) = try bounds(v) else { return .int(0) }
        let (count, overflow) = high.subtractingReportingOverflow(low)
        let (total, overflows) = count.addingReportingOverflow(isClosed ? 1 : 0)
        if overflow || overflows { throw LibraryFailure("the range's count does not fit in an Int") }
        return .int(total)
      },
      .library(.property, "isEmpty", on: range, returns: .bool) { v in
        let (lower, upper) = try bounds(v)
        return .bool(!isClosed && lower.isEqual(to: upper))
      },
    ]
  }

  private static func bounds(_ v: Values) throws -> (lower: Value, upper: Value) {
    guard case .range(let lower, let upper, _) = try v.value(0) else {
      throw HostMismatch(what: "the receiver", expected: .range(.t))
    }
    return (lower, upper)
  }
}

extension Value {
  /// Whether this is a range that contains the value; a bound that is `void` does not limit it.
  func bounds(contain element: Value) -> Bool {
    guard case .range(let lower, let upper, let isClosed) = self else { return false }
    // NaN lies in no range, so compare in Swift's direction: lower <= x, x < upper.
    func isAtMost(_ a: Value, _ b: Value) -> Bool { a.isLess(than: b) || a.isEqual(to: b) }
    if case .void = lower {} else if !isAtMost(lower, element) { return false }
    if case .void = upper { return true }
    return isClosed ? isAtMost(element, upper) : element.isLess(than: upper)
  }
}
