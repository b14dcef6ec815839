import Cells
import Diagnostics
import Steps

/// QR009: a cross-entropy loss for a model that ends in a log-softmax.
struct UnsuitableLoss: NotebookWarning {
  let code = "QR009"
  let title = "log-softmax computed twice"
  let what = """
    '.crossEntropy' expects logits and computes their log-softmax itself, so the model does not need a LogSoftmax
    layer.
    """
  let why = "The results are correct, but the log-softmax is computed twice."
  let remedy =
    "Train with '.nll', or remove LogSoftmax() and train with '.crossEntropy()'."
  let example = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 3, loss: .crossEntropy())
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
  var alternatives: [String] { [example.replacing(".crossEntropy()", with: ".nll")] }

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.calls(of: TrainStep.step.name).compactMap { call in
      guard let model = call.argument(TrainStep.model.name), let loss = call.argument(TrainStep.loss.name),
        case .call(let building) = notebook.resolved(model.value), building.name == BuildModelStep.step.name,
        lastLayer(of: building) == "LogSoftmax",
        case .call(let function) = notebook.resolved(loss.value), function.name == "Loss.crossEntropy"
      else { return nil }
      let nll = smooths(function) ? "'.nll' with the same labelSmoothing" : "'.nll'"
      let name = if case .name(let name) = model.value { "'\(name)'" } else { "the model" }
      return Finding(
        message: "'.crossEntropy' computes the log-softmax itself, but \(name) ends in LogSoftmax",
        range: loss.range ?? call.range,
        notes: ["the result is the same but computed twice; use \(nll) or remove LogSoftmax()"])
    }
  }

  /// Whether label smoothing is requested.
  private func smooths(_ loss: CodeCall) -> Bool {
    if case .literal(.double(0)) = loss.argument("labelSmoothing")?.value { false } else { true }
  }

  /// The model's last layer, if it can be determined statically.
  private func lastLayer(of call: CodeCall) -> String? {
    guard case .block(let layers) = call.arguments.last?.value, case .call(let last) = layers?.last,
      last.group == "layers"
    else { return nil }
    switch last.name {
    case "Block", "Sequential": return lastLayer(of: last)
    default: return last.name
    }
  }
}
