/// Members that only ranges have.
enum Ranges {
  static let members: [Entry] = members(isClosed: false) + members(isClosed: true)

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
