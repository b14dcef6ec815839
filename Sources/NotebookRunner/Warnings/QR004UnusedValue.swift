import Cells
import Steps

/// QR004: a value that is computed and discarded.
struct UnusedValue: NotebookWarning {
  let code = "QR004"
  let title = "unused value"
  let what = """
    A statement computes a value that nothing uses: a comparison, a formatted number, a property, a schedule, loaded
    data or a model.
    """
  let why = "A cell does not show the value of its last line, so the statement has no effect."
  let remedy = "Print the value, show it in the prose, or remove the statement."
  let example = """
    ```swift
    let accuracy = 0.87
    percent(accuracy)
    ```
    """
  let instead = """
    ```swift
    let accuracy = 0.87
    print(percent(accuracy))
    ```
    """
  var alternatives: [String] {
    [
      example.replacing("percent(accuracy)\n", with: "") + "\nThe accuracy is `{swift} percent(accuracy)`.\n",
      example.replacing("percent(accuracy)", with: "print(accuracy)"),
    ]
  }

  private static let note =
    "a cell does not show the value of its last line; print it, or remove the statement"

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.cells.flatMap(\.facts.dropped).compactMap { dropped in
      switch dropped.value {
      case .literal, .name, .computed:
        return Finding(
          message: "this value is unused", range: dropped.range, notes: [Self.note])
      case .call(let call) where call.group == Step.group:
        // QR005 is about trainings.
        guard let step = Step.called(by: call), !step.isTraining, let name = step.resultName else {
          return nil
        }
        return Finding(
          message: "the result of '\(call.name)' is unused", range: dropped.range,
          notes: ["assign it to a name and use it: 'let \(name) = \(call.name)(…)'; or remove the statement"])
      case .call(let call):
        let name = call.name.split(separator: ".").last ?? ""
        return Finding(
          message: "the value of '\(name)' is unused", range: dropped.range, notes: [Self.note])
      case .block, .other: return nil
      }
    }
  }
}
