import Cells
import Foundation
import Testing

/// Randomly generated programs, and broken variants of them: the checker and the Swift compiler must agree on all.
///
/// `SEED=7 PROGRAMS=500 swift test --filter GeneratedTests` tries others.
@Suite struct GeneratedTests {
  private static let seed = environment("SEED") ?? 2_026
  private static let programs = environment("PROGRAMS") ?? 80

  private static func environment(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init)
  }

  /// Excludes errors because the compiler gave up, or because literals are ambiguous: `-(6)`, `6 < 2.5`.
  private static func isAboutTypes(_ error: String) -> Bool {
    !error.contains("reasonable time") && !error.contains("ambiguous use of")
  }

  private static func generated() -> [String] {
    var generator = ProgramGenerator(seed: UInt64(truncatingIfNeeded: seed))
    return (0..<programs).map { _ in generator.program() }
  }

  @Test func `programs print what the compiled ones print`() throws {
    print("Generated programs: SEED=\(Self.seed) PROGRAMS=\(Self.programs)")
    let programs = Self.generated()
    let books = programs.map { Notebook($0) }
    for (program, book) in zip(programs, books) {
      #expect(book.problems.filter { !$0.contains("warning:") } == [], "\(program)")
      #expect(book.failure == nil, "\(program)")
    }
    let cells = CompiledCells(programs)
    let rejected = try cells.rejected()
    for (index, error) in rejected where Self.isAboutTypes(error) {
      #expect(books[index].problems != [], "the compiler says \(error) of\n\(programs[index])")
    }
    let accepted = programs.indices.filter { rejected[$0] == nil && books[$0].failure == nil }
    let outputs = try cells.outputs(accepted)
    for index in accepted where books[index].problems.isEmpty {
      #expect(books[index].output == outputs[index], "\(programs[index])")
    }
  }

  @Test func `what the compiler rejects of broken programs, cells reject`() throws {
    var random = Scramble(state: UInt64(truncatingIfNeeded: Self.seed))
    let broken = Self.generated().flatMap { program in (0..<2).map { _ in Slip(in: program).program(&random) }
    }
    let rejected = try CompiledCells(broken).rejected()
    var (both, onlyCells) = (0, 0)
    for (index, program) in broken.enumerated() {
      let book = Notebook(program)
      let isWrong = book.cells.contains { !$0.isRunnable }
      if let error = rejected[index], Self.isAboutTypes(error) {
        both += 1
        #expect(isWrong, "the compiler says \(error) of\n\(program)")
      } else if isWrong {
        onlyCells += 1
        if ProcessInfo.processInfo.environment["VERBOSE"] != nil {
          print("only cells reject:", book.problems.first ?? "", "\n\(program)\n")
        }
      }
    }
    print("Broken programs: \(broken.count), rejected by both \(both), by cells alone \(onlyCells)")
    #expect(both > broken.count / 4)
  }
}
