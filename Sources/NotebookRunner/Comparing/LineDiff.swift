/// The differences of two texts, line by line.
enum LineDiff {
  /// The lines of both texts: those only in the first begin with `-`, those only in the second with `+`, and shared ones
  /// with a space. Of long shared parts, three lines beside each difference remain.
  static func text(_ old: [String], _ new: [String]) -> [String] {
    let difference = new.difference(from: old)
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [(mark: Character, text: String)] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        lines.append(("-", old[left]))
        left += 1
      } else if inserted.contains(right) {
        lines.append(("+", new[right]))
        right += 1
      } else {
        lines.append((" ", left < old.count ? old[left] : new[right]))
        (left, right) = (left + 1, right + 1)
      }
    }
    return shortened(lines)
  }

  private static let context = 3

  private static func shortened(_ lines: [(mark: Character, text: String)]) -> [String] {
    let changed = lines.indices.filter { lines[$0].mark != " " }
    var near = Set<Int>()
    for index in changed { near.formUnion(index - context...index + context) }
    var result: [String] = []
    var isGap = false
    for (index, line) in lines.enumerated() {
      if near.contains(index) {
        result.append("\(line.mark) \(line.text)")
        isGap = false
      } else if !isGap {
        result.append("…")
        isGap = true
      }
    }
    return result
  }
}
