/// A batch of a data set as network input. Valid only until the closure that receives it returns.
public struct Batch: ~Copyable {
  /// The batch's index in the epoch, counted from 0.
  public let index: Int
  /// Normalised pixels: [count, height, width, channels] (NHWC), 64-byte aligned.
  public let images: UnsafeBufferPointer<Float>
  /// Each image's class; empty where the targets are numbers.
  public let labels: UnsafeBufferPointer<Int32>
  /// The class that is mixed into each image; empty if images are not mixed.
  public let otherLabels: UnsafeBufferPointer<Int32>
  /// The share of ``labels`` in mixed images; 1 if images are not mixed.
  public let share: Double
  /// The numbers to predict, [count][numbers per image]; empty where the targets are classes.
  public let values: UnsafeBufferPointer<Float>
  /// Each image's index in the set.
  public let items: UnsafeBufferPointer<Int32>

  /// Images in this batch; the last of an epoch may have fewer than the others.
  public var count: Int { items.count }

  /// The images with their targets, in the form that a plan expects; `nil` for an empty batch.
  public var input: (images: UnsafePointer<Float>, targets: BatchTargets)? {
    guard let images = images.baseAddress else { return nil }
    if let labels = labels.baseAddress {
      guard let others = otherLabels.baseAddress else { return (images, .labels(labels)) }
      return (images, .mixed(labels, others, share: share))
    }
    return values.baseAddress.map { (images, .values($0)) }
  }
}

/// The memory of one batch, reused from batch to batch. One thread at a time fills or reads it.
final class BatchSlot: @unchecked Sendable {
  let images: UnsafeMutableBufferPointer<Float>
  /// Empty where the targets are numbers.
  let labels: UnsafeMutableBufferPointer<Int32>
  /// Empty where images are not mixed.
  let otherLabels: UnsafeMutableBufferPointer<Int32>
  /// The share of `labels` in mixed images.
  var share = 1.0
  /// Empty where the targets are classes.
  let values: UnsafeMutableBufferPointer<Float>
  let items: UnsafeMutableBufferPointer<Int32>
  private let valuesPerImage: Int

  /// - Parameters:
  ///   - valuesPerImage: target numbers of each image; 0 for class labels.
  ///   - isMixed: whether each image has a second class.
  init(images count: Int, elements: Int, valuesPerImage: Int, isMixed: Bool) {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(64, count * elements * 4), alignment: 64)
    images = UnsafeMutableBufferPointer(
      start: bytes.bindMemory(to: Float.self, capacity: count * elements), count: count * elements)
    self.valuesPerImage = valuesPerImage
    let hasLabels = valuesPerImage == 0
    labels = hasLabels ? .allocate(capacity: count) : UnsafeMutableBufferPointer(start: nil, count: 0)
    otherLabels = isMixed ? .allocate(capacity: count) : UnsafeMutableBufferPointer(start: nil, count: 0)
    values =
      hasLabels
      ? UnsafeMutableBufferPointer(start: nil, count: 0) : .allocate(capacity: count * valuesPerImage)
    items = .allocate(capacity: count)
  }

  deinit {
    UnsafeMutableRawPointer(images.baseAddress)?.deallocate()
    labels.deallocate()
    otherLabels.deallocate()
    values.deallocate()
    items.deallocate()
  }

  func batch(index: Int, count: Int, elements: Int) -> Batch {
    Batch(
      index: index, images: UnsafeBufferPointer(rebasing: images[0..<count * elements]),
      labels: UnsafeBufferPointer(rebasing: labels.prefix(count)),
      otherLabels: UnsafeBufferPointer(rebasing: otherLabels.prefix(count)), share: share,
      values: UnsafeBufferPointer(rebasing: values.prefix(count * valuesPerImage)),
      items: UnsafeBufferPointer(rebasing: items[0..<count]))
  }
}

/// The slots that no epoch is using: an epoch's memory is the next one's.
final class BatchSlotPool: @unchecked Sendable {
  private let monitor = Monitor()
  private let images: Int
  private let elements: Int
  private let valuesPerImage: Int
  private let isMixed: Bool
  // Guarded by the monitor.
  private var idle: [BatchSlot] = []

  /// Slots of this many images, with this many pixel values and target numbers each, or with two classes.
  init(images: Int, elements: Int, valuesPerImage: Int, isMixed: Bool) {
    self.isMixed = isMixed
    self.images = images
    self.elements = elements
    self.valuesPerImage = valuesPerImage
  }

  func take(_ count: Int) -> [BatchSlot] {
    monitor.locked {
      var slots = Array(idle.suffix(count))
      idle.removeLast(slots.count)
      while slots.count < count {
        slots.append(
          BatchSlot(images: images, elements: elements, valuesPerImage: valuesPerImage, isMixed: isMixed))
      }
      return slots
    }
  }

  func giveBack(_ slots: [BatchSlot]) { monitor.locked { idle += slots } }
}
