/// QR029: a training on classes of very different sizes.
struct ClassImbalance: ReportedWarning {
  let code = "QR029"
  let reportedAs = "class-imbalance"
  let title = "classes of very different sizes"
  let what = """
    The largest class has more than ten times as many training images or rows as the smallest one, and the training
    treats all of them alike.
    """
  let why = """
    A model that never answers with the small class has a high accuracy, so training may end there.
    """
  let remedy = """
    Weight the classes in the loss with 'classWeights: .balanced' in 'train', or draw all classes equally often with
    'sampler: .weighted' in 'loadData'. Look at the confusion matrix, not only at the accuracy.
    """
  let example = """
    ```swift
    let rows = (0..<120).map { [Double($0)] }
    let data = loadData(.arrays(features: rows, labels: (0..<120).map { $0 < 110 ? 0 : 1 }))
    let model = buildModel("Line", inputFeatures: 1) { Linear(1, 2); LogSoftmax() }
    let history = train(model, on: data, epochs: 3)
    plot(.history(history))
    ```
    """
  var instead: String {
    example.replacing("epochs: 3)", with: "epochs: 3, classWeights: .balanced)")
  }
  var alternatives: [String] {
    [example.replacing("$0 < 110 ? 0 : 1 }))", with: "$0 < 110 ? 0 : 1 }), sampler: .weighted)")]
  }
}
