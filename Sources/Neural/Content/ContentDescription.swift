import Support

// Texts and digests that identify a value: equal texts mean equal values. The cache finds results by them.

/// A value by its type and stored properties, and theirs. Numbers have as many digits as tell them apart.
func describeContent(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  guard !mirror.children.isEmpty else { return String(reflecting: value) }
  let parts = mirror.children.map { child in
    (child.label.map { "\($0): " } ?? "") + describeContent(child.value)
  }
  return "\(String(reflecting: type(of: value)))(\(parts.joined(separator: ", ")))"
}

extension Digest {
  /// Adds the number of counts, and each count.
  mutating func update(counts: [Int]) {
    update(count: counts.count)
    for count in counts { update(count: count) }
  }
}
