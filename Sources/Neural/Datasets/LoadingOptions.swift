/// How a data set is loaded. None of this changes the data.
public struct LoadingOptions: Sendable {
  /// The number of threads that decode images, at least 1.
  public var threads: Int
  /// Called after each decoded image with the number of images that are ready and that of all images, from any thread,
  /// one call at a time.
  public var progress: @Sendable (Int, Int) -> Void
  /// Whether the user asked to stop; called before each image.
  public var shouldStop: @Sendable () -> Bool
  /// Saves the prepared images of a folder; `nil` saves nothing.
  public var cache: (any PreparedImageCache)?

  /// Creates options.
  public init(
    threads: Int = 1, cache: (any PreparedImageCache)? = nil,
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    self.threads = threads
    self.cache = cache
    self.shouldStop = shouldStop
    self.progress = progress
  }
}

/// Saves the decoded and prepared images of image folders, because decoding photographs takes much longer than reading
/// their pixels again.
public protocol PreparedImageCache: Sendable {
  /// The pixels saved under a key; `nil` if there are none with this number of bytes.
  func pixels(forKey key: String, count: Int) -> [UInt8]?
  /// Saves pixels, if possible, with a short description such as `flowers: 2,000 images`.
  func keep(_ pixels: [UInt8], forKey key: String, label: String)
}
