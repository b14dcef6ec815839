import Cells
import Diagnostics

/// QR009.
struct UnsuitableLoss: NotebookWarning {
  let code = "QR009"
  let title = "a loss that does not suit the model's last layer"
  let what = """
    '.nll' takes log-probabilities, so the model must end in LogSoftmax. '.crossEntropy' takes logits and computes
    their log-softmax itself, so the model needs none.
    """
  let why = """
    With '.nll' on anything else the training does not start. With '.crossEntropy' on LogSoftmax the values are right,
    but the same thing is computed twice.
    """
  let remedy =
    "End the model in LogSoftmax() and train with '.nll', or leave it out and train with '.crossEntropy()'."
  let example = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10) }
    let history = train(model, on: data, epochs: 3, loss: .nll)
    plot(.history(history))
    ```
    """
  let instead = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10) }
    let history = train(model, on: data, epochs: 3, loss: .crossEntropy())
    plot(.history(history))
    ```
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.calls(of: "train").compactMap { call in
      guard let model = call.argument("model"), let loss = call.argument("loss"),
        case .call(let building) = notebook.resolved(model.value), building.name == "buildModel",
        let last = lastLayer(of: building)
      else { return nil }
      let name = if case .name(let name) = model.value { "'\(name)'" } else { "the model" }
      let range = loss.range ?? call.range
      switch notebook.resolved(loss.value) {
      case .call(let loss) where loss.name == "Loss.crossEntropy":
        guard last == "LogSoftmax", !smooths(loss) else { return nil }
        return Finding(
          message: "'.crossEntropy' computes the log-softmax itself, but \(name) ends in LogSoftmax",
          range: range,
          notes: ["the values are the same, computed twice; use '.nll', or leave LogSoftmax() out"])
      case .call(let loss) where loss.name == "Loss.nll" && last != "LogSoftmax":
        return nll(on: name, last, at: range)
      case .literal where loss.range == nil && last != "LogSoftmax": return nll(on: name, last, at: range)
      default: return nil
      }
    }
  }

  private func nll(on model: String, _ last: String, at range: SourceRange) -> Finding {
    Finding(
      message: "loss '.nll' takes log-probabilities, but \(model) ends in \(last)", range: range,
      notes: [
        "the training will not start; end the model in LogSoftmax(), or train with 'loss: .crossEntropy()'"
      ])
  }

  /// '.nll' cannot smooth labels.
  private func smooths(_ loss: CodeCall) -> Bool {
    if case .literal(.double(0)) = loss.argument("labelSmoothing")?.value { false } else { true }
  }

  /// The layer whose output is the model's, where reading tells.
  private func lastLayer(of call: CodeCall) -> String? {
    guard case .block(let layers) = call.arguments.last?.value, case .call(let last) = layers?.last,
      last.group == "layers"
    else { return nil }
    switch last.name {
    case "Block", "Sequential": return lastLayer(of: last)
    case "Residual": return nil
    default: return last.name
    }
  }
}
