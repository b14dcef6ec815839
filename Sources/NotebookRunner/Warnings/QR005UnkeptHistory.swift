import Diagnostics
import Steps

/// QR005: a training whose history is discarded.
struct UnkeptHistory: NotebookWarning {
  let code = "QR005"
  let title = "unused training history"
  let what = "'train' returns the training's history, but nothing uses it."
  let why =
    "Curves, results and the accuracy in the prose need the history. Getting it later means training again."
  let remedy = "Assign it to a name: 'let history = train(…)'."
  let example = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    train(model, on: data, epochs: 3)
    ```
    """
  let instead = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 3)
    plot(.history(history))
    ```
    """
  var alternatives: [String] { [example.replacing("\ntrain(", with: "\nlet history = train(")] }

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.cells.flatMap(\.facts.dropped).compactMap { dropped in
      guard case .call(let call) = dropped.value, Step.called(by: call)?.isTraining == true else {
        return nil
      }
      return Finding(
        message: "the history of this training is unused", range: dropped.range,
        notes: ["assign it to a name: 'let history = train(…)'"])
    }
  }
}
