import Cells
import Diagnostics
import Steps

/// QR007: a value that changes after the training that used it.
struct ChangedAfterTraining: NotebookWarning {
  let code = "QR007"
  let title = "variable changed after training"
  let what = "A cell changes a variable after the last training that used it."
  let why = """
    Cells run from top to bottom. The training run used the old value, but prose below the change shows the new one.
    """
  let remedy = "Change the variable before the training, or use another variable after it."
  let example = """
    ```swift
    var rate = 0.01
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    ```
    ```swift
    let history = train(model, on: data, epochs: 3, optimizer: .adamW(learningRate: rate))
    plot(.history(history))
    ```
    ```swift
    rate = 0.1
    ```
    The learning rate was `{swift} rate`.
    """
  let instead = """
    ```swift
    let rate = 0.1
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    ```
    ```swift
    let history = train(model, on: data, epochs: 3, optimizer: .adamW(learningRate: rate))
    plot(.history(history))
    ```
    The learning rate was `{swift} rate`.
    """
  var alternatives: [String] {
    [
      example.replacing("var rate = 0.01", with: "let rate = 0.01").replacing(
        "```swift\nrate = 0.1", with: "```swift\nlet finalRate = 0.1\nprint(finalRate)")
    ]
  }

  func findings(in notebook: NotebookView) -> [Finding] {
    let trainings = notebook.cells.enumerated().flatMap { index, cell in
      cell.facts.calls.filter { Step.called(by: $0)?.isTraining == true }.map { call in
        (cell: index, line: call.range.start.line, names: notebook.origins(of: CodeValue.call(call).names))
      }
    }
    guard !trainings.isEmpty else { return [] }
    return notebook.cells.enumerated().flatMap { index, cell in
      cell.facts.uses.compactMap { use -> Finding? in
        guard use.changes, notebook.globals[use.name]?.range.start == use.declared,
          let last = trainings.last(where: { $0.names.contains(use.name) }), last.cell < index
        else { return nil }
        return Finding(
          message: "'\(use.name)' is changed after the training at line \(last.line) used it",
          range: use.range, notes: ["cells run from top to bottom: the training used the old value"]
        )
      }
    }
  }
}
