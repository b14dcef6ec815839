/// QR017: a schedule that is longer than its training.
struct ScheduleTooLong: ReportedWarning {
  let code = "QR017"
  let reportedAs = "schedule-longer"
  let title = "schedule longer than the training"
  let what = """
    The learning-rate schedule covers more epochs or batches than the training has.
    """
  let why = """
    The schedule never reaches its low final rates, which usually give the last gain in accuracy.
    """
  let remedy = """
    Shorten the schedule to the length of the training, or train longer.
    """
  let example = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 3, schedule: .cosine(tMax: 5))
    plot(.history(history))
    ```
    """
  let instead = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 3, schedule: .cosine(tMax: 3))
    plot(.history(history))
    ```
    """
  var alternatives: [String] { [example.replacing("epochs: 3", with: "epochs: 5")] }
}
