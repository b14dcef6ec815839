import Reporting
import Steps
import Synchronization

/// Collects what the running step gives and passes on what it tells.
final class SessionObserver: RunObserver {
  private let folder: RunFolder
  private let display: any RunDisplay
  private let signal: @Sendable () -> Int32?
  private let blocks = Mutex<[ReportBlock]>([])

  init(folder: RunFolder, display: any RunDisplay, signal: @escaping @Sendable () -> Int32?) {
    self.folder = folder
    self.display = display
    self.signal = signal
  }

  var shouldStop: Bool { signal() != nil }

  func append(_ block: ReportBlock) { blocks.withLock { $0.append(block) } }

  /// What a cell printed: lines printed one after the other become one block.
  func printed(_ text: String) {
    blocks.withLock { blocks in
      if case .text(let earlier)? = blocks.last {
        blocks[blocks.count - 1] = .text(earlier + text)
      } else {
        blocks.append(.text(text))
      }
    }
    display.printed(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }

  func progress(_ event: ProgressEvent) { display.event(event) }

  func write(_ bytes: [UInt8], to name: String) throws { try folder.write(bytes, to: name) }

  /// The blocks since the last call.
  func takeBlocks() -> [ReportBlock] {
    blocks.withLock { blocks in
      defer { blocks = [] }
      return blocks
    }
  }
}
