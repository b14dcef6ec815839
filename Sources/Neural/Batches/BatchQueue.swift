/// Tracks which batches are being prepared, ready or released: synchronises threads but holds no data.
///
/// Batch k uses slot k mod slots; a worker may start it when the slot's previous batch has been released.
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

  /// The next batch to prepare, once its slot is free; `nil` if there are no more or the queue is closed.
  func claim() -> Int? {
    monitor.locked {
      while !closed, next < batches.upperBound, next - released >= slots { monitor.wait() }
      guard !closed, next < batches.upperBound else { return nil }
      next += 1
      return next - 1
    }
  }

  /// Marks a batch as prepared.
  func fulfil(_ batch: Int) {
    monitor.locked {
      ready.insert(batch)
      monitor.wakeAll()
    }
  }

  /// Waits until a batch is prepared.
  func wait(for batch: Int) {
    monitor.locked {
      while !ready.contains(batch) { monitor.wait() }
      ready.remove(batch)
    }
  }

  /// Frees a batch's slot. Batches are released in order.
  func release(_ batch: Int) {
    monitor.locked {
      released = batch + 1
      monitor.wakeAll()
    }
  }

  /// Stops preparation: workers end after their current batch.
  func close() {
    monitor.locked {
      closed = true
      monitor.wakeAll()
    }
  }
}
