import Diagnostics
import Documents
import Support

/// QR021: a picture that the report cannot show.
struct MissingPicture: NotebookWarning {
  let code = "QR021"
  let title = "picture not shown"
  let what =
    "A picture in prose is not a file that a report can show: it is missing, too large, damaged, on the web or not an image."
  let why = "The report shows the picture's description instead. It loads nothing from the network."
  let remedy =
    "Save the picture next to the notebook and correct the path, which is relative to the notebook's folder."
  let example = """
    ![Training curves](curves.png)
    """
  let instead = """
    ![A dot](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7)
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.document.targets.filter { $0.kind == .picture }.compactMap { target in
      guard let fault = fault(target, in: notebook.directory) else { return nil }
      let name = target.destination.removingPercentEncoding ?? target.destination
      var finding = Finding(message: Self.message(fault, name), range: target.range)
      switch fault {
      case .missing(let near?): finding.notes = ["did you mean '\(near)'?"]
      case .wrongCase(let actual): finding.notes = ["the file is called '\(actual)'"]
      case .remote: finding.notes = ["save the picture next to the notebook, and write its path"]
      case .damaged: finding.notes = ["save the picture again"]
      case .tooLarge: finding.notes = ["make it smaller, for example by saving it with fewer pixels"]
      default: break
      }
      return finding
    }
  }

  private func fault(_ target: Prose.Target, in directory: String) -> LocalFile.Fault? {
    if target.isOnWeb { return .remote }
    guard let file = LocalFile(target.destination, in: directory), !target.destination.hasPrefix("//") else {
      return .noPath
    }
    guard case .failure(let failure) = file.picture else { return nil }
    // Destinations with a scheme, such as C:\a.png, are no paths in a URL.
    let head = target.destination.prefix { !"/?#".contains($0) }
    if case .missing = failure.fault, head.contains(":") { return .noPath }
    return failure.fault
  }

  private static func message(_ fault: LocalFile.Fault, _ name: String) -> String {
    switch fault {
    case .noPath: "'\(name)' is not a path of a picture"
    case .remote: "the report has a link instead of the picture '\(name)', which is on the web"
    case .damaged(let reason): "cannot read the picture '\(name)': \(reason)"
    case .missing: "picture '\(name)' not found"
    case .wrongCase: "picture '\(name)' not found: its name is written differently"
    case .folder: "'\(name)' is a folder, not a picture"
    case .unreadable(let reason): "cannot read the picture '\(name)': \(reason)"
    case .empty: "picture '\(name)' is empty"
    case .notPicture: "'\(name)' is not a PNG, JPEG, GIF, WebP or SVG picture"
    case .tooLarge(let bytes):
      "picture '\(name)' has \(Number.bytes(bytes)), more than the \(Number.bytes(LocalImage.limit)) that a report embeds"
    }
  }
}
