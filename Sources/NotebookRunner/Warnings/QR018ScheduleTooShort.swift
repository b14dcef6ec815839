/// QR018: a schedule that is shorter than its training.
struct ScheduleTooShort: ReportedWarning {
  let code = "QR018"
  let reportedAs = "schedule-shorter"
  let title = "a schedule that is shorter than its training"
  let what = """
    The learning rate has done its move before the training ends.
    """
  let why = """
    A cosine climbs back after its end; what was gained with a small rate is lost again.
    """
  let remedy = """
    Fit the schedule's numbers to the training's epochs.
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
