import Formulas
import Support

/// HTML or SVG text that escapes all interpolated values, except markup.
///
/// Only literals in this module's source and `init(trusted:)` are not escaped.
///
///     let name = "<b>"
///     let item: Markup = "<li title=\"\(name)\">\(name)</li>"   // &lt;b&gt; in both places
struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  var text: String

  /// Creates markup from text that is already escaped: from the Documents module, or built here from constants.
  init(trusted text: String) { self.text = text }

  /// Creates markup from text, with the formulas in `$…$` as MathML.
  init(formulasIn text: String) { self.text = text.htmlWithFormulas }

  /// Creates markup from text in which digests are shortened on the screen, and can be copied.
  init(digestsIn text: String) {
    self.init(trusted: "")
    var rest = text[...]
    while let digest = rest.firstMatch(of: /\b[0-9a-f]{40,128}\b/)?.range {
      let split = rest.index(digest.lowerBound, offsetBy: 12)
      self += "\(String(rest[..<digest.lowerBound]))"
      self += "<span class=\"hash\">\(String(rest[digest.lowerBound..<split]))"
      self += "<span>\(String(rest[split..<digest.upperBound]))</span></span>"
      rest = rest[digest.upperBound...]
    }
    self += "\(String(rest))"
  }

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ value: String) { text += value.escapedHTML }
    mutating func appendInterpolation(_ value: Int) { text += String(value) }
    mutating func appendInterpolation(_ value: Markup) { text += value.text }
    mutating func appendInterpolation(_ value: Markup?) { text += value?.text ?? "" }
  }

  static func += (a: inout Markup, b: Markup) { a.text += b.text }
}

extension Sequence {
  /// The markup of all elements, joined.
  func markup(_ transform: (Element) -> Markup) -> Markup {
    Markup(trusted: reduce(into: "") { $0 += transform($1).text })
  }
}
