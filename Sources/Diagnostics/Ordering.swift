extension Array where Element == Diagnostic {
  /// The problems in source order. Those about a whole file come first; equal places keep the given order.
  public func inSourceOrder() -> [Diagnostic] {
    enumerated().sorted { a, b in
      switch (a.element.range?.start, b.element.range?.start) {
      case (nil, nil): a.offset < b.offset
      case (nil, _): true
      case (_, nil): false
      case (let first?, let second?): first == second ? a.offset < b.offset : first < second
      }
    }.map(\.element)
  }
}
