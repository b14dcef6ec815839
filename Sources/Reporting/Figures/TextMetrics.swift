/// The approximate width of sans-serif text, for laying out labels.
///
/// Uses the advance widths of Helvetica (Adobe's published metrics), which Arial and Liberation Sans share, widened
/// to those of DejaVu Sans, the widest font that the page uses.
enum TextMetrics {
  static func width(_ text: String, size: Double, weight: Text.Weight = .regular) -> Double {
    let units = text.unicodeScalars.reduce(0.0) { $0 + advance($1) }
    return units / 1000 * size * (weight == .bold ? 1.24 : 1.13)
  }

  /// The text, truncated with an ellipsis if it is wider than `limit`.
  static func fitted(_ text: String, size: Double, limit: Double) -> String {
    guard width(text, size: size) > limit else { return text }
    var kept = Substring(text.prefix(400))
    while !kept.isEmpty, width(kept + "…", size: size) > limit { kept = kept.dropLast() }
    return kept + "…"
  }

  /// The text in lines that are at most `limit` wide; the last of `lines` ends in an ellipsis if text is left.
  static func wrapped(
    _ text: String, size: Double, weight: Text.Weight = .regular, limit: Double, lines: Int
  ) -> [String] {
    var out: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = out.last,
        out.count == lines || width("\(last) \(word)", size: size, weight: weight) <= limit
      {
        out[out.count - 1] = "\(last) \(word)"
      } else {
        out.append(String(word))
      }
    }
    let factor = weight == .bold ? 1.24 / 1.13 : 1
    return out.map { fitted($0, size: size, limit: limit / factor) }
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    let index = Int(scalar.value) - 32
    if advances.indices.contains(index) { return Double(advances[index]) }
    return scalar.value < 0x1100 ? 600 : 1000
  }

  /// Advance widths from space to tilde, in thousandths of the font size.
  private static let advances: [Int16] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,  // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,  // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,  // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,  // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,  // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,  // p to ~
  ]
}
