import Diagnostics
import Documents

/// QR015: an unknown warning code in `quiet`.
struct UnknownCode: NotebookWarning {
  let code = "QR015"
  let title = "unknown warning code"
  let what = "The option 'quiet', in a cell or in the front matter, contains a code that does not exist."
  let why = "The option silences nothing; the code is probably mistyped."
  let remedy = "Correct the code: 'quire describe warnings' lists them."
  let example = """
    ```swift
    //| quiet: [QR101]
    print("one")
    ```
    """
  let instead = """
    ```swift
    //| quiet: [QR001]
    let spare = 1
    ```
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    let fences = notebook.document.blocks.compactMap { block -> Fence? in
      switch block {
      case .prose: nil
      case .step(let fence), .listing(let fence): fence
      }
    }
    let known = Warnings.all.map(\.code)
    return (notebook.document.frontMatter.quiet + fences.flatMap(\.options.quiet)).filter {
      !known.contains($0.code)
    }.map { found in
      let same = known.first { $0 == found.code.uppercased() }
      return Finding(
        message: "unknown warning code '\(found.code)'", range: found.range,
        notes: same.map { ["did you mean '\($0)'?"] } ?? ["'quire describe warnings' lists them"],
        fixIts: same.map { [FixIt("replace '\(found.code)' with '\($0)'", found.range, $0, isCertain: true)] }
          ?? [])
    }
  }
}
