import Testing

@testable import Reporting

@Suite("Markup")
struct MarkupTests {
  @Test("Interpolated text is escaped, interpolated markup is not")
  func markup() {
    let inner: Markup = "<i>\("<x>")</i>"
    let outer: Markup = "<p title=\"\("\"")\">\(inner)\(7)</p>"
    #expect(outer.text == "<p title=\"&quot;\"><i>&lt;x&gt;</i>7</p>")
  }
}
