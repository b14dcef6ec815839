import Diagnostics
import Documents

/// QR022: a link that leads nowhere.
struct MissingTarget: NotebookWarning {
  let code = "QR022"
  let title = "link target not found"
  let what =
    "A link in prose leads to a file that is missing, or to a heading or cell that the notebook does not have."
  let why = "Readers of the report who follow the link get an error, or nothing happens."
  let remedy =
    "Correct the link. Paths are relative to the notebook's folder; a heading's id is its text in lower case."
  let example = """
    See [the results](#result).

    # Results
    """
  let instead = """
    See [the results](#results).

    # Results
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    let links = notebook.document.targets.filter { $0.kind == .link }
    guard !links.isEmpty else { return [] }
    let anchors = links.contains { $0.destination.hasPrefix("#") } ? PageAnchors(notebook.document) : nil
    return links.compactMap { link in
      if link.destination.hasPrefix("#") { return anchors.flatMap { missing(link, in: $0) } }
      let head = link.destination.prefix { !"/?#".contains($0) }
      if head.contains(":") || link.destination.hasPrefix("//") {
        return Finding(
          message: "a report cannot link to '\(link.destination)'", range: link.range,
          notes: ["links are web addresses, mail addresses, files next to the notebook, or headings"])
      }
      guard let file = LocalFile(link.destination, in: notebook.directory), let fault = file.linkFault else {
        return nil
      }
      var finding = Finding(message: "file '\(file.name)' not found", range: link.range)
      switch fault {
      case .missing(let near?): finding.notes = ["did you mean '\(near)'?"]
      case .wrongCase(let actual):
        finding.message += ": its name is written differently"
        finding.notes = ["the file is called '\(actual)'"]
      default: break
      }
      return finding
    }
  }

  private func missing(_ link: Prose.Target, in anchors: PageAnchors) -> Finding? {
    let written = String(link.destination.dropFirst())
    let id = written.removingPercentEncoding ?? written
    // Browsers know the top of a page.
    guard anchors.isComplete, !id.isEmpty, id.lowercased() != "top", !anchors.ids.contains(id) else {
      return nil
    }
    var finding = Finding(message: "no heading or cell has the id '\(id)'", range: link.range)
    if let near = nearMiss(of: id, among: anchors.ids.sorted()) {
      finding.notes = ["did you mean '#\(near)'?"]
    } else if anchors.ids.contains("cell-\(id)") {
      finding.notes = ["write '@\(id)' to refer to the cell"]
    }
    return finding
  }
}
