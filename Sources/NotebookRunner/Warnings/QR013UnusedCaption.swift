import Steps

/// QR013: a caption of a cell without figures and tables.
struct UnusedCaption: NotebookWarning {
  let code = "QR013"
  let title = "unused caption"
  let what =
    "A cell has a 'fig-cap' option, but no call in it shows a figure, gallery or table."
  let why = "The report does not show the caption, and '@label' has no figure number to link to."
  let remedy = "Move the caption to the cell that shows the figure, or remove it."
  let example = """
    ```swift
    //| fig-cap: "How the loss fell."
    print("loss")
    ```
    """
  let instead = """
    ```swift
    //| fig-cap: "The images as the network sees them."
    showAugmentations(loadData(.synthetic()))
    ```
    """
  var alternatives: [String] { [example.replacing("//| fig-cap: \"How the loss fell.\"\n", with: "")] }

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.cells.compactMap { cell in
      guard let range = cell.fence.options.ranges[.figCap], cell.fence.options.figCap != nil,
        cell.facts.calls.allSatisfy({ Step.called(by: $0)?.effects.contains(.showsCaptioned) != true }),
        // The notebook's own functions may draw figures.
        !cell.facts.uses.contains(where: \.isFunction)
      else { return nil }
      return Finding(
        message: "this caption is unused", range: range,
        notes: ["no call in this cell shows a figure, gallery or table"])
    }
  }
}
