/// Writes prose as HTML that is safe to put into a page: everything is escaped, links are http(s), mailto,
/// relative or within the page, and nothing is fetched from anywhere.
///
/// One writer serves a whole document, so that heading ids are unique:
///
///     var writer = ProseWriter(value: { values[$0] }, reference: { figures[$0] })
///     for case .prose(let prose) in document.blocks { body += writer.html(prose) }
///     let contents = writer.headings
public struct ProseWriter {
  /// An entry of the table of contents.
  public struct Heading: Sendable, Hashable {
    /// 1…6, `headingShift` included.
    public var level: Int
    public var text: String
    public var id: String
  }

  /// The headings written so far, in order.
  public private(set) var headings: [Heading] = []

  /// - Parameters:
  ///   - value: the text of an inline expression's value; `nil` shows the expression as code.
  ///   - reference: what `@label` reads, for example "Figure 2", and the id it links to; `nil` shows `@label`.
  ///   - image: a local image as a `data:` URI; `nil` shows its alternative text.
  ///   - headingShift: added to heading levels, for example 1 where the page has its own `h1`.
  ///   - reservedIDs: ids the page uses itself.
  ///   - unsafeHTML: whether raw HTML is passed through instead of shown as text.
  public init(
    value: @escaping (InlineExpression) -> String? = { _ in nil },
    reference: @escaping (_ label: String) -> (text: String, anchor: String)? = { _ in nil },
    image: @escaping (_ path: String) -> String? = { _ in nil },
    headingShift: Int = 0, reservedIDs: Set<String> = [], unsafeHTML: Bool = false
  ) {
  }

  /// The prose as HTML; its headings are added to `headings`.
  public mutating func html(_ prose: Prose) -> String { "" }
}
