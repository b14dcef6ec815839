/// Finds the values that the patterns of a `switch` do not handle, as swiftc does.
///
/// The patterns form a matrix with a column for each part of the value that remains to be compared. A column is
/// split by the constructors of its type: the cases of an enum, `true` and `false`, `nil` and a value.
struct Exhaustiveness {
  /// The cell's enums, by name.
  let enumerations: [String: Structure]
  /// Steps until the check is given up; patterns of large tuples take exponential time.
  private var budget = 20_000
  private static let mostWitnesses = 12

  init(enumerations: [String: Structure]) { self.enumerations = enumerations }

  struct TooComplex: Error {}

  /// Patterns for the values that no row handles; empty if every value is handled.
  mutating func missing(from rows: [MatchPattern], of type: CellType) throws(TooComplex) -> [String] {
    try missing(rows.filter(\.isDecided).map { [$0] }, [type], isTop: true).map { $0[0] }
  }

  /// Whether the pattern matches a value that no row handles.
  mutating func isUseful(_ pattern: MatchPattern, after rows: [MatchPattern], of type: CellType)
    throws(TooComplex) -> Bool
  {
    try isUseful([pattern], rows.filter(\.isDecided).map { [$0] }, [type])
  }

  // MARK: Constructors

  private struct Constructor {
    var text: ([String]) -> String
    var parts: [CellType]
  }

  /// All constructors of a type; `nil` if there are too many to list.
  private func constructors(of type: CellType) -> [Constructor]? {
    switch type {
    case .bool:
      return ["true", "false"].map { name in Constructor(text: { _ in name }, parts: []) }
    case .optional(let wrapped):
      return [
        Constructor(text: { ".some(\($0[0]))" }, parts: [wrapped]),
        Constructor(text: { _ in ".none" }, parts: []),
      ]
    case .tuple(let elements):
      return [
        Constructor(text: { "(\($0.joined(separator: ", ")))" }, parts: elements.map(\.type))
      ]
    case .structure(let type):
      guard let structure = enumerations[type.name], structure.isEnumeration else { return nil }
      return structure.cases.map { one in
        Constructor(
          text: { parts in
            parts.isEmpty ? ".\(one.name)" : ".\(one.name)(\(parts.joined(separator: ", ")))"
          }, parts: one.payload.map(\.type))
      }
    default: return nil
    }
  }

  /// The pattern's constructor, with the patterns of its parts; `nil` if it matches every value.
  private func constructor(of pattern: MatchPattern) -> (index: Int, parts: [MatchPattern]?)? {
    switch pattern {
    case .present(let inner): (0, [inner])
    case .absent: (1, nil)
    case .tuple(let parts): (0, parts)
    case .enumeration(let index, let parts): (index, parts)
    case .equal(let value):
      if case .constant(.bool(let isTrue)) = value.kind { (isTrue ? 0 : 1, nil) } else { nil }
    case .anything, .bind, .within, .faulty: nil
    }
  }

  /// The rows that match the constructor, with its parts in place of the first column.
  private func specialised(_ rows: [[MatchPattern]], _ index: Int, count: Int) -> [[MatchPattern]] {
    rows.compactMap { row in
      guard let first = row.first else { return nil }
      let rest = row.dropFirst()
      let wildcards = [MatchPattern](repeating: .anything, count: count)
      guard let found = constructor(of: first) else { return wildcards + rest }
      guard found.index == index else { return nil }
      return (found.parts ?? wildcards) + rest
    }
  }

  // MARK: The matrix

  private mutating func spend() throws(TooComplex) {
    budget -= 1
    if budget < 0 { throw TooComplex() }
  }

  private mutating func missing(
    _ rows: [[MatchPattern]], _ types: [CellType], isTop: Bool = false
  ) throws(TooComplex) -> [[String]] {
    try spend()
    guard let type = types.first else { return rows.isEmpty ? [[]] : [] }
    let rest = Array(types.dropFirst())
    // At the top, the cases of an enum are listed even if none is handled.
    let isSplit = isTop && rows.isEmpty || rows.contains { $0.first.flatMap(constructor) != nil }
    guard isSplit, let constructors = constructors(of: type) else {
      return try missing(rows.map { Array($0.dropFirst()) }, rest).map { ["_"] + $0 }
    }
    var out: [[String]] = []
    for (index, constructor) in constructors.enumerated() {
      let count = constructor.parts.count
      for witness in try missing(specialised(rows, index, count: count), constructor.parts + rest) {
        out.append([constructor.text(Array(witness.prefix(count)))] + witness.dropFirst(count))
        if out.count >= Self.mostWitnesses { return out }
      }
    }
    return out
  }

  private mutating func isUseful(
    _ row: [MatchPattern], _ rows: [[MatchPattern]], _ types: [CellType]
  ) throws(TooComplex) -> Bool {
    try spend()
    guard let type = types.first, let first = row.first else { return rows.isEmpty }
    let rest = Array(types.dropFirst())
    if let found = constructor(of: first), let constructors = constructors(of: type),
      constructors.indices.contains(found.index)
    {
      let parts = constructors[found.index].parts
      let own = (found.parts ?? parts.map { _ in .anything }) + row.dropFirst()
      return try isUseful(own, specialised(rows, found.index, count: parts.count), parts + rest)
    }
    let isSplit = rows.contains { $0.first.flatMap(constructor) != nil }
    guard isSplit, let constructors = constructors(of: type) else {
      return try isUseful(
        Array(row.dropFirst()),
        rows.filter { $0.first.flatMap(constructor) == nil }.map { Array($0.dropFirst()) }, rest)
    }
    for (index, constructor) in constructors.enumerated() {
      let count = constructor.parts.count
      let own = [MatchPattern](repeating: .anything, count: count) + row.dropFirst()
      if try isUseful(own, specialised(rows, index, count: count), constructor.parts + rest) { return true }
    }
    return false
  }
}

extension MatchPattern {
  /// Whether the checker can tell which values match: expressions and ranges are computed only in the run.
  var isDecided: Bool {
    switch self {
    case .anything, .bind, .absent, .enumeration(_, nil): true
    case .tuple(let parts), .enumeration(_, let parts?): parts.allSatisfy(\.isDecided)
    case .present(let inner): inner.isDecided
    case .equal(let value): if case .constant(.bool) = value.kind { true } else { false }
    case .within, .faulty: false
    }
  }
}
