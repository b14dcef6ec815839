/// One batch of a data set, as the network takes it. It is lent: valid until the closure that got it returns.
public struct Batch: ~Copyable {
  /// The batch's place in its epoch, from 0.
  public let index: Int
  /// Normalised pixels: [count, height, width, 3] (NHWC), 64-byte aligned.
  public let images: UnsafeBufferPointer<Float>
  /// Each image's class.
  public let labels: UnsafeBufferPointer<Int32>
  /// Each image's index in the set.
  public let items: UnsafeBufferPointer<Int32>

  /// Images in this batch; the last of an epoch may have fewer than the others.
  public var count: Int { labels.count }
}

/// The memory of one batch, reused from batch to batch. One thread at a time fills or reads it.
final class BatchSlot: @unchecked Sendable {
  let images: UnsafeMutableBufferPointer<Float>
  let labels: UnsafeMutableBufferPointer<Int32>
  let items: UnsafeMutableBufferPointer<Int32>

  init(images count: Int, elements: Int) {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(64, count * elements * 4), alignment: 64)
    images = UnsafeMutableBufferPointer(
      start: bytes.bindMemory(to: Float.self, capacity: count * elements), count: count * elements)
    labels = .allocate(capacity: count)
    items = .allocate(capacity: count)
  }

  deinit {
    UnsafeMutableRawPointer(images.baseAddress)?.deallocate()
    labels.deallocate()
    items.deallocate()
  }

  func batch(index: Int, count: Int, elements: Int) -> Batch {
    Batch(
      index: index, images: UnsafeBufferPointer(rebasing: images[0..<count * elements]),
      labels: UnsafeBufferPointer(rebasing: labels[0..<count]),
      items: UnsafeBufferPointer(rebasing: items[0..<count]))
  }
}

/// The slots that no epoch is using: an epoch's memory is the next one's.
final class BatchSlotPool: @unchecked Sendable {
  private let monitor = Monitor()
  private let images: Int
  private let elements: Int
  // Guarded by the monitor.
  private var idle: [BatchSlot] = []

  /// Slots of this many images, with this many numbers each.
  init(images: Int, elements: Int) {
    self.images = images
    self.elements = elements
  }

  func take(_ count: Int) -> [BatchSlot] {
    monitor.locked {
      var slots = Array(idle.suffix(count))
      idle.removeLast(slots.count)
      while slots.count < count { slots.append(BatchSlot(images: images, elements: elements)) }
      return slots
    }
  }

  func giveBack(_ slots: [BatchSlot]) { monitor.locked { idle += slots } }
}
