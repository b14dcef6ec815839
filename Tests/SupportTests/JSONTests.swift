import Foundation
import Support
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    "[]", "{}", " [1, -2.5e3, \"a\\\"b\\u00e4\", true, false, null, {\"a\": [[]], \"b\": {}}] \n", "3",
    "\"ä\"",
  ])
  func jsonHasNoProblem(text: String) throws {
    #expect(JSONSyntax.firstProblem(in: Array(text.utf8)) == nil)
    let value = try JSON.value(JSONValue.self, from: Array(text.utf8))
    #expect(try JSON.value(JSONValue.self, from: Array(JSON.text(value).utf8)) == value)
  }

  @Test(arguments: [
    "", "[", "{\"a\" 1}", "{a: 1}", "[1", "\"", "[\"a\nb\"]", "nul", "[1]]", "\\", "{\"a\":}",
  ])
  func whatIsNoJSONHasAProblemWhereItStops(text: String) {
    let problem = JSONSyntax.firstProblem(in: Array(text.utf8))
    #expect(problem != nil, "\(text)")
    #expect(throws: (any Error).self) { try JSON.value(JSONValue.self, from: Array(text.utf8)) }
  }

  @Test func depthIsNoDanger() {
    #expect(
      JSONSyntax.firstProblem(in: Array(repeating: UInt8(ascii: "["), count: 100_000))?.column == 100_001)
  }

  @Test(arguments: [100, 500, 501, 511, 512, 513, 600, 100_000])
  func bracketsInBracketsEndInAnError(_ depth: Int) {
    let open = [UInt8](repeating: UInt8(ascii: "["), count: depth)
    #expect(throws: (any Error).self) { try JSON.value(JSONValue.self, from: open) }
    #expect(JSON.isTooDeep(open) == (depth > 500))
    #expect(!JSON.isTooDeep("[\"\\\"[[[[".utf8 + open + "\"]".utf8))
  }
}
