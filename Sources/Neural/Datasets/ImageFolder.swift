import Support

/// PNG files in one folder per class (torchvision: `ImageFolder`).
struct ImageFolder {
  var path: String
  var size: Int

  /// The maximum number of bytes of pixels.
  private static let byteLimit = 1 << 31

  /// A PNG file and its class.
  struct File {
    var path: String
    var label: Int32
  }

  /// The files by class; `test` is `nil` if a part of the training images has to be set aside.
  ///
  /// - Throws: ``DatasetError``, `FileError`.
  func listing() throws -> (classNames: [String], train: [File], test: [File]?) {
    guard ImageSize.sides.contains(size) else {
      let expected = "in \(ImageSize.sides.lowerBound)…\(ImageSize.sides.upperBound)"
      throw DatasetError(.value(name: "size", expected: expected, found: size), dataset: name)
    }
    let isSplit = FileBytes.isDirectory("\(path)/train")
    let root = isSplit ? "\(path)/train" : path
    let classNames = try folders(in: root)
    let train = try files(root, classNames)
    guard isSplit else { return (classNames, train, nil) }
    let testRoot = "\(path)/test"
    if let unknown = try folders(in: testRoot).first(where: { !classNames.contains($0) }) {
      throw DatasetError(.unknownClass(unknown), dataset: name, file: "\(testRoot)/\(unknown)")
    }
    return (classNames, train, try files(testRoot, classNames))
  }

  /// Reads the images.
  ///
  /// - Throws: ``DatasetError``, `FileError`, `ImageError` with the file at fault.
  func dataset() throws -> Dataset {
    let found = try listing()
    let classNames = found.classNames
    let all = try set(found.train)
    let (train, test): (ImageSet, ImageSet)
    if let files = found.test {
      (train, test) = (all, try set(files))
    } else {
      (train, test) = try all.split(validation: 0.2, seed: 0)
    }
    let (mean, std) = statistics(train)
    return try Dataset(
      name: name, classNames: classNames, train: train, test: test, mean: mean, std: std,
      fingerprint: Dataset.fingerprint(classNames: classNames, train: train, test: test),
      source: "PNG files in \(path), resized to \(size)×\(size) pixels"
        + (found.test != nil ? "." : "; a fifth of each class is the test set."))
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private func folders(in root: String) throws -> [String] {
    try FileBytes.list(root).filter { FileBytes.isDirectory("\(root)/\($0)") }
  }

  private func files(_ root: String, _ classNames: [String]) throws -> [File] {
    var files: [File] = []
    var others = 0
    for (label, className) in classNames.enumerated() {
      let folder = "\(root)/\(className)"
      guard FileBytes.isDirectory(folder) else { continue }
      for file in try FileBytes.list(folder) {
        if file.lowercased().hasSuffix(".png") {
          files.append(File(path: "\(folder)/\(file)", label: Int32(label)))
        } else {
          others += 1
        }
      }
    }
    guard !files.isEmpty else {
      throw DatasetError(.noImages(otherFiles: others), dataset: name, file: root)
    }
    let stride = size * size * 3
    guard files.count <= Self.byteLimit / stride else {
      throw DatasetError(
        .tooLarge(images: files.count, limit: Self.byteLimit / stride), dataset: name, file: root)
    }
    return files
  }

  private func set(_ files: [File]) throws -> ImageSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(files.count * size * size * 3)
    for file in files {
      pixels += try Image(pngFile: file.path).resized(to: ImageSize(size, size)).pixels
    }
    return try ImageSet(size: ImageSize(size, size), pixels: pixels, labels: files.map(\.label))
  }

  /// The mean and standard deviation of each channel's pixels in 0…1, from exact sums.
  private func statistics(_ set: ImageSet) -> (mean: [Double], std: [Double]) {
    var (sums, squares) = ([0, 0, 0], [0, 0, 0])
    for start in stride(from: 0, to: set.pixels.count - 2, by: 3) {
      for channel in 0..<3 {
        let value = Int(set.pixels[start + channel])
        sums[channel] += value
        squares[channel] += value * value
      }
    }
    let count = Double(max(1, set.pixels.count / 3))
    let mean = sums.map { Double($0) / count / 255 }
    let std = (0..<3).map { channel in
      let variance = Double(squares[channel]) / count / (255 * 255) - mean[channel] * mean[channel]
      return max(max(0, variance).squareRoot(), 1.0 / 255)  // a plain colour has no spread to divide by
    }
    return (mean, std)
  }
}
