import Support
import TestSupport
import Testing

/// Random values are equal after writing and reading them. A failure names the seed.
struct RoundTripTests {
  @Test(arguments: 0..<40) func `JSON is read as it was written`(seed: Int) throws {
    var random = Seeded(seed)
    let value = Self.value(&random, depth: 4)
    let text = Array(JSON.text(value).utf8)
    #expect(try JSON.value(JSONValue.self, from: text) == value)
    #expect(JSONSyntax.firstProblem(in: text) == nil)
    #expect(Array(JSON.text(try JSON.value(JSONValue.self, from: text)).utf8) == text)
  }

  @Test(arguments: 0..<40) func `PNG is read as it was written`(seed: Int) throws {
    var random = Seeded(seed)
    let (width, height) = (1 + random.below(40), 1 + random.below(40))
    let colours = 1 + random.below(256)
    let pixels = (0..<width * height * 3).map { _ in UInt8(random.below(colours)) }
    let file = try PNG.encode(pixels, width: width, height: height)
    #expect(try PNG.decode(file).pixels == pixels)
    let size = PNG.size(of: file)
    #expect(size?.width == width && size?.height == height)
  }

  private static func value(_ random: inout Seeded, depth: Int) -> JSONValue {
    switch random.below(depth > 0 ? 7 : 5) {
    case 0: return .null
    case 1: return .bool(random.chance(50))
    case 2: return .int(random.pick([0, -1, .max, .min, random.below(1000)]))
    // An integral number is read as an integer.
    case 3:
      return .double(
        random.pick([0.1, -2.5e-7, 1.5e300, Double.leastNonzeroMagnitude, Double(random.below(1000)) + 0.25]))
    case 4: return .string(random.text())
    case 5: return .array(random.list(upTo: 4) { value(&$0, depth: depth - 1) })
    default:
      return .object(
        Dictionary(random.list(upTo: 4) { ($0.text(), value(&$0, depth: depth - 1)) }) { $1 })
    }
  }
}
