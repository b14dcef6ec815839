import Support
import Testing

/// The same value must have the same digits in the terminal, the report, charts, tables and prose: all use `Number`.
@Suite("Numbers as text")
struct NumberTests {
  @Test("Halves are rounded away from zero, as the decimal number reads")
  func fixed() {
    #expect(Number.fixed(36.65, 1) == "36.7")
    #expect(Number.fixed(-0.04, 1) == "0.0")
    #expect(Number.fixed(-1.25, 1) == "-1.3")
    #expect(Number.fixed(0.05, 3) == "0.050")
    #expect(Number.fixed(0.005, 2) == "0.01")
    #expect(Number.fixed(9.995, 2) == "10.00")
    #expect(Number.fixed(0.5, 0) == "1")
    #expect(Number.fixed(1234, 0) == "1234")
    #expect(Number.fixed(.nan, 2) == "nan")
    #expect(Number.fixed(-.infinity, 2) == "-inf")
    #expect(Number.fixed(1e300, 2) == "1e300")
    #expect(Number.fixed(.greatestFiniteMagnitude, 15) == "1.798e308")
    #expect(Number.fixed(1, 99) == "1.00000000000000000")
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
    #expect(Number.text(-0.0001) == "-0.0001")
    #expect(Number.text(123_456.789, significant: 4) == "123457")
    #expect(Number.text(0.007525183, significant: 4) == "0.007525")
  }

  @Test("Counts have commas, and nouns their number")
  func counts() {
    #expect(Number.grouped(1_234_567) == "1,234,567")
    #expect(Number.grouped(-123) == "-123")
    #expect(Number.grouped(.min) == "-9,223,372,036,854,775,808")
    #expect(Number.counted(1, "thread") == "1 thread")
    #expect(Number.counted(0, "thread") == "0 threads")
    #expect(Number.counted(3_000, "image") == "3,000 images")
    #expect(Number.counted(2, "batch", plural: "batches") == "2 batches")
  }

  /// 0.3665 × 100 is 36.64999… in binary: it was 36.6% in one place and 36.7% in another.
  @Test("Shares have two decimals, set ones as many as they need")
  func percent() {
    #expect(Number.percent(0.8702) == "87.02%")
    #expect(Number.percent(0.955) == "95.50%")
    #expect(Number.percent(0.3665, decimals: 1) == "36.7%")
    #expect(Number.percent(0.36665) == "36.67%")
    #expect(Number.percent(1) == "100.00%")
    #expect(Number.percent(-0.001) == "-0.10%")
    #expect(Number.percent(.nan) == "nan")
    #expect(Number.setPercent(0.85) == "85%")
    #expect(Number.setPercent(0.875) == "87.5%")
  }

  @Test("Shares that are whole ten-thousandths are written exactly")
  func shares() {
    for count in 0...10_000 {
      let digits = String(100_000 + count).dropFirst()
      let whole = digits.dropLast(2).drop { $0 == "0" }
      let expected = "\(whole.isEmpty ? "0" : whole).\(digits.suffix(2))%"
      #expect(Number.percent(Double(count) / 10_000) == expected)
    }
  }

  @Test("Times as people say them")
  func durations() {
    #expect(Number.duration(0.0004) == "0.4 ms")
    #expect(Number.duration(0.051) == "51 ms")
    #expect(Number.duration(0.51) == "0.51 s")
    #expect(Number.duration(25) == "25 s")
    #expect(Number.duration(46.6) == "46.6 s")
    #expect(Number.duration(59.96) == "1 min 0 s")
    #expect(Number.duration(2328) == "38 min 48 s")
    #expect(Number.duration(4680) == "1 h 18 min")
    #expect(Number.duration(-1) == "–")
    #expect(Number.duration(1e300) == "–")
    #expect(Number.approximateDuration(2.34) == "2.3 s")
    #expect(Number.approximateDuration(46.6) == "47 s")
    #expect(Number.approximateDuration(2328) == "39 min")
    #expect(Number.approximateDuration(7500) == "2 h 5 min")
    #expect(Number.approximateDuration(.infinity) == "–")
  }

  @Test("Bytes in units of thousands")
  func bytes() {
    let texts = [0, 999, 1_000, 1_620_000, 12_345_678, 170_498_071, 999_600, 2_000_000_000].map(Number.bytes)
    #expect(texts == ["0 B", "999 B", "1 kB", "1.6 MB", "12.3 MB", "170 MB", "1 MB", "2 GB"])
  }
}
