import Foundation
import Reporting
import Support
import Synchronization

/// The state that the tabs of a preview show: named parts of the page as HTML, their order, and named values as JSON.
///
/// Everything has the number of the change that it last changed with. A tab that knows the number of the last change it
/// has seen gets all that is newer, once, whatever happened in between. So a tab that was closed, asleep or slow costs
/// nothing and misses nothing.
public final class PreviewBoard: Sendable {
  private struct Entry {
    var text: String
    var change: Int
  }

  private struct State {
    var change = 0
    var title = ""
    var language = "en"
    var parts: [String: Entry] = [:]
    var order: [String] = []
    var orderChange = 0
    var values: [String: Entry] = [:]
    /// The last answer: all tabs that are up to date ask for the same.
    var answer: (since: Int, change: Int, json: String)?
    var watchers: [UUID: AsyncStream<Void>.Continuation] = [:]
  }

  /// Differs between two servers, whose changes are numbered independently.
  public let identity = UUID().uuidString
  private let state = Mutex(State())

  /// Creates an empty board.
  public init() {}

  /// Sets the page's title and the language of its text.
  func show(title: String, language: String) {
    state.withLock { ($0.title, $0.language) = (title, language) }
    set("title", title)
  }

  /// Replaces the page: the parts of its frame, and its sections in order.
  func show(frame: [PageParts.Part], sections: [PageParts.Part]) {
    change { state, next in
      var changed = false
      for part in frame + sections where state.parts[part.name]?.text != part.html {
        state.parts[part.name] = Entry(text: part.html, change: next)
        changed = true
      }
      let order = sections.map(\.name)
      if order != state.order {
        (state.order, state.orderChange) = (order, next)
        let kept = Set(order + PageParts.frameNames)
        state.parts = state.parts.filter { kept.contains($0.key) }
        changed = true
      }
      return changed
    }
  }

  /// Sets a value.
  func set(_ name: String, _ value: some Encodable) {
    let json = PreviewJSON.text(value)
    change { state, next in
      if state.values[name]?.text == json { return false }
      state.values[name] = Entry(text: json, change: next)
      return true
    }
  }

  /// The whole page at one moment.
  public struct Page: Sendable {
    /// The number of the last change.
    public let change: Int
    /// The page's title, as text.
    public let title: String
    /// The language of its text, as a BCP 47 tag.
    public let language: String
    /// The HTML of its parts, by name.
    public let parts: [String: String]
    /// The names of its sections.
    public let order: [String]
    /// The values as a JSON object.
    public let values: String
  }

  /// The page as it is now.
  public var page: Page {
    state.withLock { state in
      Page(
        change: state.change, title: state.title, language: state.language,
        parts: state.parts.mapValues(\.text), order: state.order, values: Self.object(state.values))
    }
  }

  /// All that is newer than a change: `{"board":…,"change":…,"order":[…],"parts":{…},"values":{…}}`.
  ///
  /// - Parameter since: the last change that the tab has seen; 0 for none.
  /// - Returns: `nil` if nothing is newer.
  public func news(since: Int) -> (change: Int, json: String)? {
    state.withLock { state in
      if since == state.change { return nil }
      if let answer = state.answer, answer.since == since, answer.change == state.change {
        return (answer.change, answer.json)
      }
      // A number from another server's life.
      let since = since > state.change ? 0 : since
      var fields = ["\"board\":\(PreviewJSON.text(identity))", "\"change\":\(state.change)"]
      if state.orderChange > since { fields.append("\"order\":\(PreviewJSON.text(state.order))") }
      let parts = state.parts.filter { $0.value.change > since }.mapValues(\.text)
      if !parts.isEmpty { fields.append("\"parts\":\(PreviewJSON.text(parts))") }
      let values = state.values.filter { $0.value.change > since }
      if !values.isEmpty { fields.append("\"values\":\(Self.object(values))") }
      let json = "{\(fields.joined(separator: ","))}"
      state.answer = (since, state.change, json)
      return (state.change, json)
    }
  }

  private static func object(_ values: [String: Entry]) -> String {
    let pairs = values.sorted { $0.key < $1.key }.map { "\(PreviewJSON.text($0.key)):\($0.value.text)" }
    return "{\(pairs.joined(separator: ","))}"
  }

  /// Yields after each change, and at once; several changes may be one.
  public func changes() -> AsyncStream<Void> {
    let name = UUID()
    return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      continuation.onTermination = { [weak self] _ in
        self?.state.withLock { _ = $0.watchers.removeValue(forKey: name) }
      }
      state.withLock { $0.watchers[name] = continuation }
      continuation.yield()
    }
  }

  private func change(_ body: (inout State, Int) -> Bool) {
    let watchers = state.withLock { state -> [AsyncStream<Void>.Continuation] in
      guard body(&state, state.change + 1) else { return [] }
      state.change += 1
      return Array(state.watchers.values)
    }
    for watcher in watchers { watcher.yield() }
  }
}

/// JSON for the tabs of a preview.
enum PreviewJSON {
  /// The value on one line; NaN and infinities are empty texts, which charts leave out.
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "", negativeInfinity: "", nan: "")
    guard let data = try? encoder.encode(value) else { return "null" }
    return String(decoding: data, as: UTF8.self)
  }
}
