import Diagnostics
import TestSupport
import Testing

@testable import Documents

/// Randomly generated notebooks are parsed back into their parts. A failure names the seed.
struct RoundTripTests {
  /// A JSON string, which is valid YAML too.
  private static func quoted(_ text: String) -> String {
    let parts = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case " "..."~": return String(Character(scalar))
      case _ where scalar.value > 0xFFFF:
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      default:
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return "\"" + parts.joined() + "\""
  }

  @Test(arguments: 0..<60) func `front matter`(seed: Int) {
    var random = Seeded(seed)
    var expected = FrontMatter()
    var lines: [String] = []
    func add(_ key: String, _ value: String) { lines.append("\(key): \(value)") }
    if random.chance(70) {
      let title = random.text()
      expected.title = title
      add("title", Self.quoted(title))
    }
    if random.chance(70) {
      expected.authors = (0...random.below(3)).map { _ in random.text() }
      add("author", "[" + expected.authors.map(Self.quoted).joined(separator: ", ") + "]")
    }
    if random.chance(70) {
      let description = random.text(upTo: 40)
      expected.description = description
      add("description", Self.quoted(description))
    }
    if random.chance(70) {
      let seed = random.pick([0, 42, UInt64.max, random.next()])
      expected.seed = seed
      add("seed", "\(seed)")
    }
    if random.chance(70) {
      expected.date = "2026-01-0\(1 + random.below(9))"
      add("date", expected.date ?? "")
    }
    lines.shuffle(using: &random)
    if lines.isEmpty { return }
    let reading = Reading((["---"] + lines + ["---", "", "Text"]).joined(separator: "\n"))
    expected.lineCount = lines.count + 2
    #expect(reading.problems == [])
    #expect(reading.frontMatter == expected)
  }

  /// The expected parse of a block, without its place.
  private enum Part: Equatable {
    case step(code: String, label: String?, isParameters: Bool)
    case listing(language: String, code: String)
    case prose(String)
  }

  @Test(arguments: 0..<60) func `prose, cells and listings`(seed: Int) {
    var random = Seeded(seed)
    var expected: [Part] = []
    var lines: [String] = []
    for number in 0..<1 + random.below(8) {
      let code = random.list(upTo: 4) { $0.text(upTo: 6, but: "`~|\n\r\u{85}\u{7F}") }.map {
        $0.hasPrefix(" ") ? "x" + $0 : $0
      }
      let text = code.map { $0 + "\n" }.joined()
      let fence = String(repeating: random.pick(["`", "~"]), count: 3 + random.below(3))
      switch random.below(3) {
      case 0:
        let label = random.chance(50) ? "cell-\(number)" : nil
        let options = label.map { ["//| label: \($0)"] } ?? []
        lines += [fence + "swift"] + options + code + [fence]
        let whole = options.map { $0 + "\n" }.joined() + text
        expected.append(.step(code: whole, label: label, isParameters: false))
      case 1:
        let language = random.pick(["python", "text", "swift"])
        lines += [fence + language + (language == "swift" ? " no-run" : "")] + code + [fence]
        expected.append(.listing(language: language, code: text))
      default:
        let words = "Words \(number) é 水."
        if case .prose(let before)? = expected.last {
          expected[expected.count - 1] = .prose(before + "|" + words)
        } else {
          expected.append(.prose(words))
        }
        lines.append(words)
      }
      lines.append("")
    }
    let lineEnd = random.pick(["\n", "\r\n"])
    let reading = Reading(lines.joined(separator: lineEnd))
    #expect(reading.problems.filter { $0.severity == .error } == [])
    let found = reading.blocks.map { block -> Part in
      switch block {
      case .step(let fence): .step(code: fence.code, label: fence.label, isParameters: fence.isParameters)
      case .listing(let fence): .listing(language: fence.language, code: fence.code)
      case .prose(let prose): .prose(prose.blocks.map(Self.words).joined(separator: "|"))
      }
    }
    #expect(found == expected)
  }

  private static func words(_ block: Prose.Block) -> String {
    if case .paragraph(let content) = block { content.plainText { _ in nil } } else { "?" }
  }

  @Test(arguments: 0..<60) func `a file of parameters`(seed: Int) throws {
    var random = Seeded(seed)
    let texts = (0..<4).map { _ in random.text() }
    let yaml = "a: \(Self.quoted(texts[0]))\nb: [" + texts.map(Self.quoted).joined(separator: ", ") + "]\n"
    let (file, problems) = ParameterFile.read(SourceText(name: "p.yaml", text: yaml))
    #expect(problems == [])
    let values = try #require(file).entries.map(\.value)
    // Each element is a literal whose text YAML preserves.
    let elements = try #require(values.last?.elements).map(\.text)
    #expect("[" + elements.joined(separator: ", ") + "]" == values.last?.text)
    #expect(values.first?.text == elements.first)
  }
}
