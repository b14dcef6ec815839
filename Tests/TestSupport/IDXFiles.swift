import Foundation

/// Made-up images and labels in the files of MNIST, Fashion-MNIST or KMNIST, written as the format specifies.
///
/// The labels come in turn. An image is noise with a bright block, whose place depends on the label.
public struct IDXFiles: Sendable {
  /// The number of training and of test images.
  public var train, test: Int

  /// Creates a description of files.
  public init(train: Int = 40, test: Int = 20) { (self.train, self.test) = (train, test) }

  /// The names and contents, as published but uncompressed.
  public var files: [(name: String, bytes: [UInt8])] {
    [
      ("train-images-idx3-ubyte", Self.images(train, seed: 1)),
      ("train-labels-idx1-ubyte", Self.labels(train)),
      ("t10k-images-idx3-ubyte", Self.images(test, seed: 2)), ("t10k-labels-idx1-ubyte", Self.labels(test)),
    ]
  }

  /// Writes the files into a folder.
  public func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in files { try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
  }

  /// A file of images.
  public static func images(_ count: Int, side: Int = 28, seed: Int) -> [UInt8] {
    var random = Seeded(seed)
    var bytes: [UInt8] = [0, 0, 8, 3] + number(count) + number(side) + number(side)
    for image in 0..<count {
      let (row, column) = (image % 10 / 5 * (side / 2), image % 5 * (side / 5))
      for y in 0..<side {
        for x in 0..<side {
          let isBlock = (row..<row + side / 2).contains(y) && (column..<column + side / 5).contains(x)
          bytes.append(UInt8(random.below(60) + (isBlock ? 190 : 0)))
        }
      }
    }
    return bytes
  }

  /// A file of labels 0, 1, … 9, 0, ….
  public static func labels(_ count: Int) -> [UInt8] {
    [0, 0, 8, 1] + number(count) + (0..<count).map { UInt8($0 % 10) }
  }

  /// A big-endian 32-bit number.
  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
