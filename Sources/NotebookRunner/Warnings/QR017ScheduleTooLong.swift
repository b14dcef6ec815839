/// QR017: a schedule that is longer than its training.
struct ScheduleTooLong: ReportedWarning {
  let code = "QR017"
  let reportedAs = "schedule-longer"
  let title = "a schedule that is longer than its training"
  let what = """
    The learning rate is to move over more epochs or batches than the training has.
    """
  let why = """
    Such a schedule never gets to its end, which is where most of the last gain in accuracy comes from.
    """
  let remedy = """
    Fit the schedule's numbers to the training's epochs, or train for longer.
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
}
