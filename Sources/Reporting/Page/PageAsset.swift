/// The style sheets and scripts of `Assets`, which are embedded in the program.
enum PageAsset {
  /// The files, one after the other, without indentation, empty lines and comments that have lines of their own.
  ///
  /// Every page contains them, and these take a fifth of their bytes.
  static func joined(_ files: [[UInt8]]) -> String {
    files.flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n") }
      .map { $0.drop { $0 == " " } }
      .filter { !$0.isEmpty && !$0.hasPrefix("//") && !$0.hasPrefix("/*") }
      .joined(separator: "\n")
  }
}
