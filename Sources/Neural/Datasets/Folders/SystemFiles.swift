/// Files and folders that operating systems and programs leave in data sets. They are never images or classes.
enum SystemFiles {
  /// The names in lower case. Names that begin with a dot need not be listed.
  private static let names: Set<String> = [
    // macOS archives, Windows
    "__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information",
    // network storage: Synology, QNAP
    "@eadir", "#recycle", "@recycle", "#snapshot",
    // Linux, Python
    "lost+found", "__pycache__",
  ]

  /// Whether a file or folder is one of the system's, including hidden ones such as `.DS_Store` and `._photo.png`.
  static func contains(_ name: String) -> Bool {
    name.hasPrefix(".") || names.contains(name.lowercased())
  }

  /// The name for a report; hidden files are counted together, except frequent ones.
  static func label(_ name: String) -> String {
    if name.hasPrefix("._") { return "._*" }
    return name.hasPrefix(".") && name != ".DS_Store" ? "hidden" : name
  }
}
