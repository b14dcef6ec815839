extension String {
  /// Whether the text contains only printable ASCII characters, tabs and line feeds.
  public var isPlainASCII: Bool {
    utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }
  }
}
