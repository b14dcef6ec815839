import Cells
import Diagnostics

/// QR008: a literal argument whose label is a parameter's name.
struct WrittenOutParameter: NotebookWarning {
  let code = "QR008"
  let title = "literal instead of a parameter"
  let what =
    "An argument is a literal, although the notebook has a parameter with the argument's label as its name."
  let why =
    "Overriding the parameter with '-p' does not change this call."
  let remedy = "Use the parameter: 'epochs: epochs'."
  let example = """
    ```swift parameters
    let epochs = 10
    ```
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 10)
    plot(.history(history))
    ```
    A run takes `{swift} epochs` epochs.
    """
  let instead = """
    ```swift parameters
    let epochs = 10
    ```
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: epochs)
    plot(.history(history))
    ```
    A run takes `{swift} epochs` epochs.
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    // Short names, such as p and lr, say little about their meaning.
    let parameters = Dictionary(
      notebook.parameters.filter { $0.name.count > 2 }.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    if parameters.isEmpty { return [] }
    return notebook.cells.flatMap(\.facts.calls).flatMap { call in
      call.arguments.compactMap { argument -> Finding? in
        guard let range = argument.range, let label = argument.label, let parameter = parameters[label],
          case .literal(let value) = argument.value, isAlike(value, parameter.value)
        else { return nil }
        return Finding(
          message: "'\(label)' is a literal here, but the notebook has a parameter '\(label)'",
          range: range, notes: ["'-p \(label)=…' does not change this call"],
          fixIts: [FixIt("replace the literal with '\(label)'", range, label)])
      }
    }
  }

  private func isAlike(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.int, .int), (.double, .double), (.bool, .bool), (.string, .string), (.array, .array): true
    case (.optional(let inside?), let other), (let other, .optional(let inside?)): isAlike(inside, other)
    default: false
    }
  }
}
