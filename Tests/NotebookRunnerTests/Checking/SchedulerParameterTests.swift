import Cells
import Diagnostics
import Foundation
import Testing

@testable import NotebookRunner

/// `notebooks/cifar10.md` accepts the assignment's command line: a schedule by name, with its values.
@Suite struct SchedulerParameterTests {
  private static let notebook =
    #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/notebooks/cifar10.md"

  /// The problems of a check; the data set need not be there.
  private func check(_ parameters: [String]) throws -> [String] {
    try problems(parameters).map(\.message)
  }

  private func problems(_ parameters: [String]) throws -> [Diagnostic] {
    let text = try String(contentsOfFile: Self.notebook, encoding: .utf8)
      .replacing("loadData(.cifar10,", with: "loadData(.synthetic(train: 128, test: 64),")
    let report = try NotebookBench(text).check(parameters)
    return report.problems.filter { $0.severity == .error }
  }

  @Test func `every schedule of the library can be chosen by name`() throws {
    let names = Set(
      Catalogue.quire(.idle).rows.filter { $0.result == .named("Schedule") && $0.owner == $0.result }
        .map(\.name)
    ).subtracting(["custom", "warmup"])
    #expect(names.count >= 9)
    for name in names.sorted() {
      #expect(try check(["scheduler=\(name)"]) == [], "\(name)")
    }
  }

  @Test func `the assignment's example is accepted`() throws {
    #expect(try check(["scheduler=step", "lr=0.01", "stepSize=8", "gamma=0.1", "epochs=10"]) == [])
  }

  @Test func `an unknown name or a value out of range is found before the run`() throws {
    let unknown = try check(["scheduler=stepp"])
    #expect(unknown.count == 1)
    #expect(unknown.first?.hasPrefix("unknown scheduler 'stepp'; use cyclic, constant, step,") == true)
    #expect(try check(["scheduler=step", "stepSize=0"]).count == 1)
    #expect(try check(["scheduler=step", "lr=fast"]) == ["parameter 'lr' expects a number; found 'fast'"])
  }

  /// `run` takes one value for each parameter; several belong to `sweep`, whatever the parameter's type.
  @Test(arguments: ["scheduler=step,cosine", "lr=0.1,0.01"])
  func `several values point to sweep`(_ given: String) throws {
    let found = try problems([given])
    #expect(found.count == 1)
    #expect(
      found.first?.notes.contains(
        "to run the notebook once for each value, use 'quire sweep' with -p \(given)")
        == true, "\(found)")
  }
}
