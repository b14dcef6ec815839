import Testing

@testable import NotebookRunner

@Suite struct PreviewCommandTests {
  @Test(arguments: [
    (#"{"command":"stop"}"#, PreviewCommand.stop), (#"{"command":"run"}"#, .run),
    (#"{"command":"runFrom","anchor":"cell-a"}"#, .runFrom(anchor: "cell-a")),
    (#"{"command":"answer","question":3,"runs":true}"#, .answer(question: 3, runs: true)),
    (#"{"command":"set","values":{"epochs":"3"}}"#, .set(["epochs": "3"])),
    (#"{"command":"writeParameters"}"#, .writeParameters),
    (#"{"command":"runOnSave","runs":false}"#, .runOnSave(false)),
  ])
  func commandsOfThePageAreUnderstood(json: String, command: PreviewCommand) {
    #expect(PreviewCommand(json: json) == command)
  }

  /// Anything may arrive on a socket.
  @Test(arguments: [
    "", "{}", "[]", "stop", #"{"command":"delete"}"#, #"{"command":"runFrom"}"#, #"{"command":7}"#,
    #"{"command":"answer","question":"3","runs":true}"#, String(repeating: "[", count: 10_000),
  ])
  func anythingElseIsNone(json: String) {
    #expect(PreviewCommand(json: json) == nil)
  }
}
