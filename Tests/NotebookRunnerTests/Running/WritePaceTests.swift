import Testing

@testable import NotebookRunner

/// How often a run writes its results: the total cost must not grow with the square of its steps.
@Suite struct WritePaceTests {
  @Test func nothingIsWrittenInTheFirstMoment() {
    let start = ContinuousClock.now
    #expect(WritePace(start: start).due == start + .milliseconds(200))
  }

  @Test func aQuickWriteIsFollowedByAPause() {
    var pace = WritePace()
    let start = ContinuousClock.now
    pace.wrote(since: start)
    #expect(pace.due >= start + .milliseconds(200))
  }

  @Test func writingTakesAtMostATwentiethOfTheTime() {
    var pace = WritePace()
    let start = ContinuousClock.now - .seconds(3)
    pace.wrote(since: start)
    #expect(pace.due >= start + .seconds(3) + .seconds(60))
  }
}
