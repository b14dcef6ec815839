import Foundation
import Support
import Testing

/// Without these, a Jupyter notebook with unusual text or numbers cannot be imported.
@Suite("Tolerant JSON")
struct JSONReaderTests {
  @Test(
    arguments: [
      (#"{"a": [1, -2.5, true, false, null, "x"]}"#, ["a": [1, .double(-2.5), true, false, nil, "x"]]),
      ("[]", []), (" {} ", [:]), (#""\u00e9\n\t\"\\\/""#, "é\n\t\"\\/"), (#""\ud83d\ude00""#, "😀"),
      (#""a\ud83d""#, "a\u{FFFD}"), (#""\ude00b""#, "\u{FFFD}b"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
      (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), ("1e400", .double(.infinity)),
      ("123456789012345678901234567890", .double(123_456_789_012_345_677_877_719_597_056)),
      ("[-Infinity, Infinity]", [.double(-.infinity), .double(.infinity)]), (#"{"a": 1, "a": 2}"#, ["a": 2]),
    ] as [(String, JSONValue)])
  func values(text: String, value: JSONValue) {
    #expect(JSONReader.value(in: Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "", "[1,]", "{\"a\"}", "[1 2]", "{a: 1}", "\"x", "\"\\x\"", "\"\\u12\"", "nul", "0x10", "1 2", "[",
    "{\"a\":1",
    "\"a\nb\"", "+", "inf", "nan",
  ])
  func invalid(text: String) { #expect(JSONReader.value(in: Array(text.utf8)) == nil) }

  @Test("What Foundation reads is read in the same way")
  func sameAsFoundation() throws {
    let text = #"{"cells": [{"a": 1.5e-3, "b": "\u0041ü", "c": [[], {}, -0.0, 12]}], "n": 9007199254740993}"#
    let bytes = Array(text.utf8)
    #expect(JSONReader.value(in: bytes) == (try JSON.value(JSONValue.self, from: bytes)))
  }

  @Test("Deep nesting is refused, not a crash")
  func depth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(JSONReader.value(in: Array(deep.utf8)) == nil)
    let allowed = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
    #expect(JSONReader.value(in: Array(allowed.utf8)) != nil)
  }
}
