extension Expression {
  /// The value of a literal expression; `nil` if it has to be computed.
  var constantValue: Value? {
    switch kind {
    case .constant(let value): return value
    case .wrap(let inside): return inside.constantValue.map { .optional($0) }
    case .array(let elements):
      let values = elements.compactMap(\.constantValue)
      return values.count == elements.count ? .array(values) : nil
    case .tuple(let elements):
      let values = elements.compactMap(\.constantValue)
      guard values.count == elements.count, case .tuple(let types) = type else { return nil }
      return .tuple(values, labels: types.map(\.label))
    case .dictionary(let keys, let values):
      var entries = OrderedDictionary()
      for (key, value) in zip(keys, values) {
        guard let key = key.constantValue, let value = value.constantValue else { return nil }
        entries[key] = value
      }
      return .dictionary(entries)
    default: return nil
    }
  }
}
