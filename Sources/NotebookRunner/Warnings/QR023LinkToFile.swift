import Documents

/// QR023: a link to a file that the report does not contain.
struct LinkToFile: NotebookWarning {
  let code = "QR023"
  let title = "link to a local file"
  let what = "A link in prose leads to a file next to the notebook, which the report does not contain."
  let why = "The link works on this machine, but not in a report that is mailed or moved."
  let remedy = "Link to a web address, or include the content. Silence the warning if the report stays here."
  let example = """
    See [the folder](.).
    """
  let instead = """
    See [the folder](https://example.com/).
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.document.targets.compactMap { target in
      guard target.kind == .link, !target.destination.hasPrefix("#"),
        let file = LocalFile(target.destination, in: notebook.directory), file.linkFault == nil
      else { return nil }
      return Finding(
        message: "a report that is mailed or moved does not contain '\(file.name)'", range: target.range)
    }
  }
}
