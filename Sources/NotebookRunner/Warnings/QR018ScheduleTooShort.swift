/// QR018: a schedule that is shorter than its training.
struct ScheduleTooShort: ReportedWarning {
  let code = "QR018"
  let reportedAs = "schedule-shorter"
  let title = "schedule shorter than the training"
  let what = """
    The learning-rate schedule ends before the training does.
    """
  let why = """
    A cosine schedule raises the rate again after its end, which can undo what was learned at the low rate.
    """
  let remedy = """
    Extend the schedule to the length of the training.
    """
  let example = """
    ```swift
    let data = loadData(.synthetic())
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 3, schedule: .cosine(tMax: 2))
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
