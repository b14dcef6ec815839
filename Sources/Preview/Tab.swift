import FlyingFox
import Foundation
import NotebookRunner
import Support
import Synchronization

/// One tab of a preview: sends it what is new, one message at a time, and passes on its commands.
///
/// The tab confirms each message, so a slow or sleeping tab delays nobody and collects nothing; what it missed comes in
/// one message. A tab that reconnects says what it has seen.
struct Tab: WSMessageHandler {
  let preview: NotebookPreview

  /// More than a few messages a second only cost time that a training could use.
  private static let interval = Duration.milliseconds(60)

  private struct Greeting: Decodable {
    /// The board that `seen` refers to; a restarted server has another one.
    var board: String
    var seen: Int
  }
  private struct Confirmation: Decodable { var seen: Int }

  private final class State: Sendable {
    struct Values {
      var seen = 0
      var isGreeted = false
      var isWaiting = false
    }
    let values = Mutex(Values())
  }

  func makeMessages(for client: AsyncStream<WSMessage>) async throws -> AsyncStream<WSMessage> {
    AsyncStream { continuation in
      let task = Task {
        await serve(client, continuation)
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private func serve(_ client: AsyncStream<WSMessage>, _ tab: AsyncStream<WSMessage>.Continuation) async {
    let state = State()
    let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    await withTaskGroup { group in
      group.addTask {
        for await message in client {
          guard case .text(let text) = message else { continue }
          receive(text, state, tab)
          wake.yield()
        }
      }
      group.addTask {
        for await _ in preview.board.changes() { wake.yield() }
      }
      group.addTask {
        for await _ in wakes {
          guard let since = state.values.withLock({ $0.isGreeted && !$0.isWaiting ? $0.seen : nil }),
            let news = preview.board.news(since: since)
          else { continue }
          state.values.withLock { $0.isWaiting = true }
          tab.yield(.text(news.json))
          try? await Task.sleep(for: Self.interval)
        }
      }
      await group.next()
      wake.finish()
      group.cancelAll()
    }
  }

  private func receive(_ text: String, _ state: State, _ tab: AsyncStream<WSMessage>.Continuation) {
    let bytes = Array(text.utf8)
    if let greeting = try? JSON.value(Greeting.self, from: bytes) {
      state.values.withLock { values in
        values.seen = greeting.board == preview.board.identity ? greeting.seen : 0
        (values.isGreeted, values.isWaiting) = (true, false)
      }
    } else if let confirmation = try? JSON.value(Confirmation.self, from: bytes) {
      state.values.withLock { ($0.seen, $0.isWaiting) = (confirmation.seen, false) }
    } else if let command = PreviewCommand(json: text) {
      preview.send(command)
    } else {
      // A tab asks whether the server is still there.
      tab.yield(.text("{}"))
    }
  }
}
