import Diagnostics
import Documents
import Foundation
import Testing

@testable import NotebookRunner

/// From the command line to the runs of a sweep.
@Suite struct GridTests {
  @Test func valuesAreSplitOutsideOfQuotesAndBrackets() throws {
    #expect(try ValueList.split("0.1, 0.01 ,1e-3") == ["0.1", "0.01", "1e-3"])
    #expect(try ValueList.split("[16, 32],[4]") == ["[16, 32]", "[4]"])
    #expect(try ValueList.split(#""a,b","c\"],d",e f"#) == [#""a,b""#, #""c\"],d""#, "e f"])
    #expect(try ValueList.split("one") == ["one"])
    #expect(throws: ValueList.Problem.empty(position: 2)) { try ValueList.split("1,,2") }
    #expect(throws: ValueList.Problem.empty(position: 1)) { try ValueList.split("") }
    #expect(throws: ValueList.Problem.openQuote) { try ValueList.split("\"a,b") }
    #expect(throws: ValueList.Problem.openBracket) { try ValueList.split("[1,2") }
  }

  @Test func everyCombinationComesInTheOrderGiven() {
    let options = RunOptions(
      notebook: "n.md", parameters: ["b=1,2", "a=x,y,z"].map(RunOptions.Parameter.init))
    let combinations = Grid(options).combinations.map { $0.parameters.map { "\($0.name)\($0.value.text)" } }
    #expect(
      combinations == [
        ["b1", "ax"], ["b1", "ay"], ["b1", "az"], ["b2", "ax"], ["b2", "ay"], ["b2", "az"],
      ])
    let covering = Grid(options).covering.flatMap { $0.parameters.map { "\($0.name)\($0.value.text)" } }
    #expect(Set(covering) == ["b1", "b2", "ax", "ay", "az"])
  }

  @Test func aFilesListsAreValuesAndTheCommandLineWins() throws {
    let bench = try NotebookBench("lr: [0.1, 0.2]\nname: a,b\nwidths: [[1, 2], [3]]", name: "p.yaml")
    let options = RunOptions(
      notebook: "n.md", parameters: [RunOptions.Parameter("lr=5")], parameterFiles: ["\(bench.folder)/p.yaml"]
    )
    #expect(
      Grid(options).axes.map { "\($0.name): \($0.values.map(\.text))" } == [
        #"lr: ["5"]"#, #"name: ["a,b"]"#, #"widths: ["[1, 2]", "[3]"]"#,
      ])
  }

  @Test func tooManyCombinationsAreCountedWithoutOverflow() {
    let values = (1...200).map(String.init).joined(separator: ",")
    let parameters = (0..<20).map { RunOptions.Parameter(name: "p\($0)", value: values) }
    let grid = Grid(RunOptions(notebook: "n.md", parameters: parameters))
    #expect(grid.count == nil)
    #expect(grid.problems.map(\.message) == ["too many combinations; the maximum is 1000"])
  }

  @Test func foldersAreReadableSafeAndDistinct() {
    #expect(RunName.folder([("lr", "0.1"), ("epochs", "5")]) == "lr=0.1,epochs=5")
    let awkward = [
      [("s", "../../etc")], [("s", "a/b")], [("s", "ab")], [("s", "a b")], [("s", "a:b")], [("s", "Ab")],
      [("s", "é")], [("s", "")], [("s", "a"), ("t", "b")], [("s", "a,t=b")], [("s", "[1, 2]")],
      [("s", "[12]")],
      [("s", String(repeating: "x", count: 300))], [("s", String(repeating: "x", count: 301))],
    ]
    let names = RunName.folders(awkward.map { $0.map { (name: $0.0, value: $0.1) } })
    #expect(Set(names.map { $0.lowercased() }).count == awkward.count, "\(names)")
    for name in names {
      #expect(name.utf8.count <= 120 && !name.contains("/") && !name.contains(" "), "\(name)")
      #expect(name.unicodeScalars.allSatisfy { $0.isASCII })
    }
    #expect(names[8] == "s=a,t=b")
  }

  private func problems(_ parameters: [String], seeds: [UInt64] = []) throws -> String {
    let (document, found) = DocumentReader.read(bytes: smallNotebook.utf8, name: "n.md")
    let options = SweepOptions(
      run: RunOptions(notebook: "n.md", parameters: parameters.map(RunOptions.Parameter.init)), seeds: seeds)
    return SweepPlan(options, document: try #require(document), found: found).findings
      .map(\.text).joined(separator: "\n")
  }

  @Test func whatIsWrongIsSaidOnceBeforeAnythingRuns() throws {
    #expect(try problems(["epochs=1,2", "rate=0.1,1"]) == "")
    #expect(
      try problems(["epoch=1,2,3", "rate=0.1,fast"]) == """
        n.md: error: -p epoch: the notebook has no parameter 'epoch'
          note: did you mean 'epochs'?
          note: the notebook's parameters are epochs, rate
        n.md:10:12: error: parameter 'rate' expects a number; found 'fast'
          let rate = 0.01
                     ^~~~
          note: for example, -p rate=0.5
        """)
    #expect(
      try problems(["rate=0.1,1e-1"]) == """
        n.md: error: rate has the same value twice, as 0.1 and as 1e-1
          note: remove one of them
        """)
    #expect(try problems(["rate=1,1"]).hasPrefix("n.md: error: rate has the value 1 twice"))
    #expect(try problems(["rate=1", "rate=2"]).contains("list all values at once: -p rate=A,B"))
    #expect(try problems(["rate=1,"]).contains("value 2 is empty in '1,'"))
    #expect(try problems([]).hasPrefix("n.md: error: nothing to sweep"))
    #expect(try problems([], seeds: [1, 2]) == "")
    #expect(try problems([], seeds: [1, 1]).contains("--seeds has 1 twice"))
  }
}
