import Support

/// The HTML elements and attributes that a notebook may use. Everything else is shown as text.
enum SafeHTML {
  /// The kinds of elements.
  enum Kind {
    /// Part of a line of text.
    case phrase
    case block
    /// Allowed only in another element, for example a cell in a table.
    case part(of: Set<String>)
    /// Left out, with its content kept.
    case transparent
  }

  /// How an element is written; `nil` if it is not allowed.
  static func element(_ name: String) -> (name: String, kind: Kind)? {
    switch name {
    case "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd",
      "mark",
      "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
      "wbr":
      (name, .phrase)
    case "strike": ("s", .phrase)
    case "tt": ("code", .phrase)
    case "blockquote", "details", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p",
      "pre",
      "table", "ul":
      (name, .block)
    case "center": ("div", .block)
    case "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr":
      (name, .part(of: ["table"]))
    case "li": (name, .part(of: ["ul", "ol"]))
    case "dd", "dt": (name, .part(of: ["dl"]))
    case "summary": (name, .part(of: ["details"]))
    case "figcaption": (name, .part(of: ["figure"]))
    case "picture", "source": (name, .transparent)
    default: nil
    }
  }

  /// Elements without an end.
  static let void: Set<String> = ["br", "col", "hr", "img", "wbr"]

  /// An attribute's value as it is written; `nil` leaves the attribute out. Links, images and ids are not decided here.
  static func attribute(_ name: String, _ value: String, of element: String) -> String? {
    switch name {
    case "title", "lang": value
    case "align": oneOf(["left", "right", "center", "justify", "top", "middle", "bottom"], value)
    case "dir": oneOf(["ltr", "rtl", "auto"], value)
    case "width", "height": isSized(element) ? length(value) : nil
    case "valign": oneOf(["top", "middle", "bottom", "baseline"], value)
    case "colspan", "rowspan": element == "td" || element == "th" ? number(value, 1...1000) : nil
    case "span": element == "col" || element == "colgroup" ? number(value, 1...1000) : nil
    case "scope": element == "th" ? oneOf(["row", "col", "rowgroup", "colgroup"], value) : nil
    case "start": element == "ol" ? number(value, -1_000_000...1_000_000) : nil
    case "value": element == "li" ? number(value, -1_000_000...1_000_000) : nil
    case "type": element == "ol" && ["1", "a", "A", "i", "I"].contains(value) ? value : nil
    case "open": element == "details" ? "" : nil
    case "reversed": element == "ol" ? "" : nil
    case "datetime": ["del", "ins", "time"].contains(element) ? value : nil
    default: nil
    }
  }

  private static func isSized(_ element: String) -> Bool {
    ["img", "table", "td", "th", "col", "hr"].contains(element)
  }

  private static func oneOf(_ values: [String], _ value: String) -> String? {
    values.first { $0 == value.lowercased() }
  }

  private static func number(_ value: String, _ range: ClosedRange<Int>) -> String? {
    Int(value).flatMap { range.contains($0) ? String($0) : nil }
  }

  /// A length in pixels or percent.
  static func length(_ value: String) -> String? {
    let text = value.lowercased().hasSuffix("px") ? String(value.dropLast(2)) : value
    let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
    guard (1...5).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return text
  }
}
