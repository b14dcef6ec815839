import Cells
import Diagnostics
import Steps

/// QR007: a value that changes after the training that used it.
struct ChangedAfterTraining: NotebookWarning {
  let code = "QR007"
  let title = "a variable that is changed after a training has used it"
  let what = "A later cell changes a variable that a training was given, and no training comes after."
  let why = """
    Cells run from top to bottom: the training keeps the value it was given, while text below shows the new one.
    """
  let remedy = "Change the variable above the training, or use another one below it."
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
          message: "'\(use.name)' is changed after the training of line \(last.line) has used it",
          range: use.range, notes: ["cells run from top to bottom: the training keeps the value it was given"]
        )
      }
    }
  }
}
