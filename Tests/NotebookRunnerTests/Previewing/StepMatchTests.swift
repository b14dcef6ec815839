import Documents
import Testing

@testable import NotebookRunner

/// If these fail, results stand under the wrong code while a notebook is edited.
@Suite struct StepMatchTests {
  private func fences(_ cells: [String]) -> [Fence] {
    let text = cells.map { "```swift\n\($0)\n```\n" }.joined(separator: "\n")
    return DocumentReader.read(bytes: Array(text.utf8), name: "n.md").0?.steps ?? []
  }

  private func match(_ old: [String], _ new: [String]) -> [Int?] {
    let match = StepMatch(old: fences(old), new: fences(new))
    return new.indices.map { match.old[$0] }
  }

  @Test func equalStepsStayTogether() { #expect(match(["a()", "b()"], ["a()", "b()"]) == [0, 1]) }
  @Test func anEditedStepKeepsItsPlace() {
    #expect(match(["a()", "b()", "c()"], ["a()", "x()", "c()"]) == [0, 1, 2])
  }
  @Test func anInsertedStepHasNoResults() {
    #expect(match(["a()", "c()"], ["a()", "b()", "c()"]) == [0, nil, 1])
  }
  @Test func aRemovedStepTakesItsResultsAlong() {
    #expect(match(["a()", "b()", "c()"], ["a()", "c()"]) == [0, 2])
  }
  @Test func movedStepsAreFound() { #expect(match(["a()", "b()"], ["b()", "a()"]) == [1, 0]) }
  @Test func theFirstStepCanBeEdited() { #expect(match(["a()", "b()"], ["x()", "b()"]) == [0, 1]) }

  @Test func aLabelCountsMoreThanTheCode() {
    let old = ["//| label: one\na()", "//| label: two\nb()"]
    let new = ["//| label: two\na()", "//| label: one\nb()"]
    #expect(match(old, new) == [1, 0])
  }
}
