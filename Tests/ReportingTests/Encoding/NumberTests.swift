import Testing

@testable import Reporting

@Suite("Numbers as text")
struct NumberTests {
  @Test("Halves are rounded as the decimal number reads")
  func fixed() {
    #expect(Number.fixed(36.65, 1) == "36.7")
    #expect(Number.fixed(-0.04, 1) == "0.0")
    #expect(Number.fixed(-1.25, 1) == "-1.3")
    #expect(Number.fixed(0.05, 3) == "0.050")
    #expect(Number.fixed(1234, 0) == "1234")
    #expect(Number.fixed(.nan, 2) == "–")
    #expect(Number.fixed(-.infinity, 2) == "-∞")
    #expect(Number.fixed(1e300, 2) == "1e300")
    #expect(Number.fixed(.greatestFiniteMagnitude, 15) == "1.798e308")
    #expect(Number.fixed(1, 99) == "1.000000000000000")
  }

  @Test("As many digits as the value has")
  func text() {
    #expect(Number.text(0.007525) == "0.007525")
    #expect(Number.text(0.0001) == "0.0001")
    #expect(Number.text(0.1 + 0.2) == "0.3")
    #expect(Number.text(85) == "85")
    #expect(Number.text(1e-9) == "1e-9")
    #expect(Number.text(.leastNonzeroMagnitude).hasSuffix("e-324"))
    #expect(Number.text(0) == "0")
    #expect(Number.text(123_456.789, significant: 4) == "123457")
  }

  @Test("Thousands, percent and time")
  func units() {
    #expect(Number.grouped(1_234_567) == "1,234,567")
    #expect(Number.grouped(-123) == "-123")
    #expect(Number.grouped(.min) == "-9,223,372,036,854,775,808")
    #expect(Number.percent(0.8702) == "87.0 %")
    #expect(Number.percent(.nan) == "–")
    #expect(Number.duration(0.0004) == "0.4 ms")
    #expect(Number.duration(46.6) == "46.6 s")
    #expect(Number.duration(2328) == "38 min 48 s")
    #expect(Number.duration(4680) == "1 h 18 min")
    #expect(Number.duration(-1) == "–")
    #expect(Number.duration(1e300) == "–")
  }

  @Test("A column of learning rates has one number of decimals")
  func column() {
    #expect(Number.decimals([0.007525, 0.00505, 0.0001, .nan]) == 6)
    #expect(Number.decimals([1e-9]) == nil)
    #expect(Number.decimals([]) == nil)
  }
}
