/// QR014: a `??` whose right side is never used.
struct RedundantFallback: ReportedWarning {
  let code = "QR014"
  let reportedAs = "redundant-coalescing"
  let title = "a '??' whose right side is never used"
  let what = "The value left of '??' is no optional: it is always there."
  let why = "The right side looks like a default that could come into play, and never does."
  let remedy = "Take '??' and its right side away."
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
