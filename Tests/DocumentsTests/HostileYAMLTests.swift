import Diagnostics
import Testing

@testable import Documents

/// YAML that would take excessive time or memory.
struct HostileYAMLTests {
  private func error(_ yaml: String) -> String? {
    do {
      _ = try YAML.compose(yaml)
      return nil
    } catch { return error.text }
  }

  @Test func `aliases of aliases are refused, in whatever script they are hidden`() {
    let many = "a: &a [x, x]\n" + (0..<20).map { "k\($0): *a\n" }.joined()
    #expect(error(many) == "too many aliases ('*name')")
    #expect(error("a: &a x\nb: *a\n") == nil)
  }

  @Test func `long texts are refused`() {
    #expect(error("a: " + String(repeating: "x", count: 70_000)) == "longer than 65.5 kB")
    let reading = Reading("---\ntitle: " + String(repeating: "x", count: 70_000) + "\n---\n")
    #expect(reading.rendered.contains("longer than 65.5 kB"))
  }

  @Test func `every code to be quiet about has its own place`() {
    let matter = Reading("---\nquiet: [QR001, \"\", 'QR001']\n---\n").frontMatter
    #expect(matter.quiet.map(\.range.start.column) == [9, 1, 21])
  }
}
