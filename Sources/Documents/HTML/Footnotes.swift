import Support

/// The numbers of a page's footnotes, in the order in which the text refers to them.
struct Footnotes {
  private var labels: [String] = []
  private var numbers: [String: Int] = [:]
  /// The number of references to each footnote.
  private var counts: [Int: Int] = [:]

  /// The label of the footnote with this number, from 1.
  func label(of number: Int) -> String? { number <= labels.count ? labels[number - 1] : nil }

  /// A reference as HTML.
  mutating func reference(to label: String) -> String {
    let number = numbers[label] ?? labels.count + 1
    if numbers[label] == nil {
      labels.append(label)
      numbers[label] = number
    }
    let count = (counts[number] ?? 0) + 1
    counts[number] = count
    return """
      <sup class="footnote"><a href="#\(Self.id(of: number))" id="\(Self.id(ofReference: count, to: number))" \
      role="doc-noteref" aria-label="Footnote \(number)">\(number)</a></sup>
      """
  }

  /// Links from a footnote to its references.
  func backLinks(to number: Int) -> String {
    (1...max(1, counts[number] ?? 1)).map { count in
      let label = count == 1 ? "Back to reference \(number)" : "Back to reference \(number)-\(count)"
      return """
        <a href="#\(Self.id(ofReference: count, to: number))" role="doc-backlink" aria-label="\(label)">\
        ↩\(count == 1 ? "" : "<sup>\(count)</sup>")</a>
        """
    }.joined(separator: " ")
  }

  /// Ids with a dot, which no heading has.
  static func id(of number: Int) -> String { "footnote.\(number)" }

  private static func id(ofReference count: Int, to number: Int) -> String {
    count == 1 ? "reference.\(number)" : "reference.\(number).\(count)"
  }
}
