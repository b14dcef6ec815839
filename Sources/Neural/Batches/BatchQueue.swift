/// Which batches are being prepared, ready and given back: the threads' agreement, without their data.
///
/// Batch k lies in slot k mod slots; a worker may begin it once the batch that lay there before is released.
final class BatchQueue: @unchecked Sendable {
  private let monitor = Monitor()
  private let batches: Range<Int>
  private let slots: Int
  // Guarded by the monitor.
  private var next: Int
  private var released: Int
  private var ready: Set<Int> = []
  private var closed = false

  init(batches: Range<Int>, slots: Int) {
    self.batches = batches
    self.slots = slots
    next = batches.lowerBound
    released = batches.lowerBound
    ready.reserveCapacity(slots + 1)
  }

  func slot(of batch: Int) -> Int { (batch - batches.lowerBound) % slots }

  /// The next batch to prepare, once there is room; `nil` when there is none left or the queue is closed.
  func claim() -> Int? {
    monitor.locked {
      while !closed, next < batches.upperBound, next - released >= slots { monitor.wait() }
      guard !closed, next < batches.upperBound else { return nil }
      next += 1
      return next - 1
    }
  }

  /// The batch is prepared.
  func fulfil(_ batch: Int) {
    monitor.locked {
      ready.insert(batch)
      monitor.wakeAll()
    }
  }

  /// Waits until the batch is prepared.
  func wait(for batch: Int) {
    monitor.locked {
      while !ready.contains(batch) { monitor.wait() }
      ready.remove(batch)
    }
  }

  /// The batch's slot may be written again. Batches are released in order.
  func release(_ batch: Int) {
    monitor.locked {
      released = batch + 1
      monitor.wakeAll()
    }
  }

  /// No more batches are wanted: workers end after the one they are at.
  func close() {
    monitor.locked {
      closed = true
      monitor.wakeAll()
    }
  }
}
