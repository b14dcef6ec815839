import Steps

/// QR013: a caption of a cell without figures and tables.
struct UnusedCaption: NotebookWarning {
  let code = "QR013"
  let title = "a caption with nothing to stand under"
  let what =
    "A cell has 'fig-cap', and none of its steps shows a figure, a gallery or a table that could carry it."
  let why = "The caption is not on the page, and '@label' finds no figure number to show."
  let remedy = "Move the caption to the cell that draws, or take it away."
  let example = """
    ```swift
    //| fig-cap: "How the loss fell."
    print("loss")
    ```
    """
  let instead = """
    ```swift
    //| fig-cap: "The images as the network meets them."
    showAugmentations(loadData(.synthetic()))
    ```
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.cells.compactMap { cell in
      guard let range = cell.fence.options.ranges[.figCap], cell.fence.options.figCap != nil,
        cell.facts.calls.allSatisfy({ Step.called(by: $0)?.effects.contains(.showsCaptioned) != true }),
        // The notebook's own functions may draw figures.
        !cell.facts.uses.contains(where: \.isFunction)
      else { return nil }
      return Finding(
        message: "this caption has nothing to stand under", range: range,
        notes: ["no step of this cell shows a figure, a gallery or a table"])
    }
  }
}
