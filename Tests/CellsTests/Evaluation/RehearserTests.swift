import Cells
import Diagnostics
import Synchronization
import Testing

/// Cells are tried before they run, with a host that does not know a drawing's best area.
@Suite struct RehearserTests {
  private final class Host: RehearsalHost {
    let skippedRows = Mutex<[Set<String>]>([])
    let seen = Mutex<[String]>([])

    func answer(_ call: RehearsedCall) throws -> RehearsalAnswer {
      seen.withLock { $0.append(call.row.name) }
      if call.row.name == "best" { return .unknown }
      if call.row.name == "paint", call[p("scale", Double.self)] == 3 {
        throw ArgumentFailure(Dry(), parameter: "scale")
      }
      return .asCalled
    }
    func skipped(_ rows: Set<String>) { skippedRows.withLock { $0.append(rows) } }
  }

  private struct Dry: Error, CustomStringConvertible { let description = "the pen is dry" }

  private func rehearse(_ cells: String...) -> (failures: [String], host: Host) {
    let host = Host()
    let rehearser = Rehearser(host: host)
    var checker = Checker(catalogue: shapeCatalogue)
    for text in cells {
      let cell = checker.check(CellSource(text: text, file: "c"))
      #expect(cell.diagnostics.map(\.message) == [])
      rehearser.rehearse(cell)
    }
    let failures = rehearser.failures.map { "\($0.range.start.line):\($0.range.start.column): \($0.message)" }
    return (failures, host)
  }

  @Test("an argument out of its row's range is pointed at, in a rehearsal and in a run")
  func ranges() {
    let text = "let r = -2.0\nlet d = draw(\"a\") { Circle(1); Circle(r); Circle(-3) }"
    #expect(
      rehearse(text).failures == [
        "2:39: Circle: radius must be at least 0, found -2.0",
        "2:50: Circle: radius must be at least 0, found -3.0",
      ])
    #expect(Notebook(text).failure == "2:39: Circle: radius must be at least 0, found -2.0")
  }

  @Test("a host's failure is reported at the argument it names")
  func argumentFailures() {
    #expect(
      rehearse("let d = draw(\"a\") { Circle(1) }\nlet p = paint(d, times: 2, scale: 3)").failures == [
        "2:35: the pen is dry"
      ])
  }

  @Test("a failed statement leaves its names unknown, and the rest is still rehearsed")
  func goesOn() {
    let (failures, _) = rehearse(
      "let a = [1][2]\nlet b = [1][a]\nlet c = [1][3]", "let d = [1][a + 4]\nlet e = [1][5]")
    #expect(
      failures == [
        "1:9: index 2 is out of range for 1 element", "3:9: index 3 is out of range for 1 element",
        "2:9: index 5 is out of range for 1 element",
      ])
  }

  @Test("what an unknown condition guards is skipped with its rows, and what it assigns is forgotten")
  func skips() {
    let (failures, host) = rehearse(
      """
      let d = draw("a") { Circle(1) }
      var n = 9
      func change() { n = 0; _ = half(1) }
      if let best = d.best, best > 1 {
        n = 1
        _ = mix([.black])
      }
      let x = [1][n]
      n = 0
      print([1][n + 7])
      n = 0
      if d.best == nil { change() }
      print([1][n + 7])
      """)
    #expect(failures == ["10:7: index 7 is out of range for 1 element"])
    #expect(!host.seen.withLock { $0 }.contains("mix"))
    #expect(host.skippedRows.withLock { $0 }.contains(["mix", "black", "best"]))
    #expect(host.skippedRows.withLock { $0 }.contains { $0.contains("half") })
  }

  @Test("a switch over a known value takes its case; over an unknown one, it changes what its cases assign")
  func switches() {
    let (failures, host) = rehearse(
      """
      let name = "b"
      let ink: Ink = switch name { case "a": .red(opacity: 0.5); case "b": .black; default: fatalError("no ink") }
      let d = draw("a") { Circle(1) }
      var n = 9
      switch d.best { case nil: n = 0; _ = half(1); case let best?: if best > 3 { break }; n = 1 }
      print([1][n])
      func bump(_ x: inout Int) { x += 8 }
      n = 0
      bump(&n)
      print([1][n])
      let kind: Ink = switch n { case 0: .black; default: fatalError("no ink for \\(n)") }
      """)
    #expect(failures == ["10:7: index 8 is out of range for 1 element", "11:53: no ink for 8"])
    #expect(!host.seen.withLock { $0 }.contains("red"))
    #expect(host.skippedRows.withLock { $0 }.contains { $0.contains("half") })
  }

  @Test("a failure that was repeated in a loop is reported once; an endless loop is abandoned")
  func loops() {
    let (failures, _) = rehearse(
      "for i in 1...5 { print([1][i]) }\nvar n = 0\nwhile n >= 0 { n += 1 }\nprint([1][n])")
    #expect(failures == ["1:24: index 1 is out of range for 1 element"])
  }
}
