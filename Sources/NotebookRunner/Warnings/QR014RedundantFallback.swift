/// QR014: a `??` whose right side is never used.
struct RedundantFallback: ReportedWarning {
  let code = "QR014"
  let reportedAs = "redundant-coalescing"
  let title = "redundant '??'"
  let what = "The left side of '??' is not optional, so the right side is never used."
  let why = "The right side looks like a default, but it has no effect."
  let remedy = "Remove '??' and its right side."
  let example = """
    ```swift
    let rate = 0.01
    print(rate ?? 0.1)
    ```
    """
  let instead = """
    ```swift
    let rate = 0.01
    print(rate)
    ```
    """
}
