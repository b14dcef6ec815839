/// Where a notebook's images come from.
///
///     let data = try Dataset.load(.cifar10, from: DatasetLocator(given: "/data"))
public struct DataSource: Sendable, Hashable, CustomStringConvertible {
  enum Rule: Sendable, Hashable {
    case cifar(CIFAR)
    case imageFolder(path: String, size: Int)
    case synthetic(train: Int, test: Int, seed: UInt64)
  }

  let rule: Rule

  /// CIFAR-10: 50,000 + 10,000 photographs of 32×32 pixels in ten classes (Krizhevsky, 2009).
  public static let cifar10 = DataSource(rule: .cifar(.ten))

  /// CIFAR-100 with its 100 fine labels, of the same form (Krizhevsky, 2009).
  public static let cifar100 = DataSource(rule: .cifar(.hundred))

  /// PNG files, a folder a class: `PATH/train/CLASS/*.png` and `PATH/test/CLASS/*.png`,
  /// or `PATH/CLASS/*.png`, of which a fifth of every class becomes the test set.
  ///
  /// - Parameters:
  ///   - path: a folder, relative to the working directory or to the data directory.
  ///   - size: images are resized to this many pixels in height and width, 1 … 1024.
  public static func imageFolder(_ path: String, size: Int = 32) -> DataSource {
    DataSource(rule: .imageFolder(path: path, size: size))
  }

  /// The embedded data set: ten drawn classes of 32×32 pixels, generated.
  public static func synthetic(train: Int = 5000, test: Int = 1000, seed: UInt64 = 1) -> DataSource {
    DataSource(rule: .synthetic(train: train, test: test, seed: seed))
  }

  /// For example `CIFAR-10`.
  public var name: String {
    switch rule {
    case .cifar(let cifar): cifar.name
    case .imageFolder(let path, _): path
    case .synthetic: "synthetic"
    }
  }

  public var description: String { name }

  /// The classes' names where they are known before anything is read.
  public var classNames: [String]? {
    if case .cifar(let cifar) = rule { cifar.classNames } else { nil }
  }

  /// The folder of an ``imageFolder(_:size:)``; `nil` for other sources.
  public var imageFolder: (path: String, size: Int)? {
    if case .imageFolder(let path, let size) = rule { (path, size) } else { nil }
  }

  /// What ``Download`` gets it from; `nil` where nothing is published.
  public var publishedArchive: PublishedArchive? {
    if case .cifar(let cifar) = rule { cifar.binaryArchive } else { nil }
  }
}
