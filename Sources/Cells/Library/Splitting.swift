/// `split` of arrays and slices.
enum Splitting {
  private static let limits: [ParameterInfo] = [
    .labelled("maxSplits", .int, default: .int(.max)),
    .labelled("omittingEmptySubsequences", .bool, default: .bool(true)),
  ]

  static let members: [Entry] = [CellType.array(.t), .sequence("ArraySlice", .t)].flatMap { type in
    [
      .library(
        .method, "split", on: type, [.labelled("separator", .t)] + limits,
        returns: .array(.sequence("ArraySlice", .t)), where: ["T": .equatable]
      ) { v in
        let separator = try v.value(1)
        return try parts(v, maximum: v.get(2), omitsEmpty: v.get(3)) { $0.isEqual(to: separator) }
      },
      .library(
        .method, "split", on: type, limits + [.labelled("whereSeparator", .predicate(.t))],
        returns: .array(.sequence("ArraySlice", .t))
      ) { v in
        let isSeparator = try v.function(3)
        return try parts(v, maximum: v.get(1), omitsEmpty: v.get(2)) { try v.test(isSeparator, $0) }
      },
    ]
  }

  private static func parts(
    _ v: Values, maximum: Int, omitsEmpty: Bool, _ isSeparator: (Value) throws -> Bool
  ) throws -> Value {
    if maximum < 0 { throw LibraryFailure("Must take zero or more splits") }
    let parts = try v.elements(0).split(
      maxSplits: maximum, omittingEmptySubsequences: omitsEmpty, whereSeparator: isSeparator)
    try Value.checkCount(parts.count)
    return .array(parts.map { .array(Array($0)) })
  }
}
