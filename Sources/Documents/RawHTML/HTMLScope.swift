/// The raw tags that are open in one container of the page, for example a list item. All of them are closed at its end,
/// and tags of other containers cannot be closed, so that raw HTML never breaks the page around it.
struct HTMLScope {
  /// The contents that a container may have.
  enum Content { case blocks, phrases }

  let content: Content
  private(set) var open: [(written: String, name: String)] = []
  private static let maximumDepth = 50

  init(_ content: Content) { self.content = content }

  /// Whether an element may start here.
  func allows(_ kind: SafeHTML.Kind) -> Bool {
    guard open.count < Self.maximumDepth else { return false }
    switch kind {
    case .phrase, .transparent: return true
    case .block: return content == .blocks
    case .part(let parents): return open.contains { parents.contains($0.name) }
    }
  }

  func has(_ name: String) -> Bool { open.contains { $0.name == name } }

  mutating func push(_ name: String, as written: String) { open.append((written, name)) }

  /// The end tags up to an element; empty if it is not open.
  mutating func close(_ name: String) -> String {
    guard let place = open.lastIndex(where: { $0.name == name }) else { return "" }
    return close(from: place)
  }

  /// The end tags of everything that is open.
  mutating func closeAll() -> String { close(from: 0) }

  private mutating func close(from place: Int) -> String {
    defer { open.removeSubrange(place...) }
    return open[place...].reversed().map { "</\($0.written)>" }.joined()
  }
}
