/// A data set as published by its authors.
///
///     DataSource.fashionMNIST.publication?.command   // "fashion-mnist"
public struct Publication: Sendable, Hashable {
  /// The name for `quire data fetch`.
  public var command: String
  /// The files to download.
  public var files: [PublishedArchive]
}

/// A file of a published data set, usually an archive.
public struct PublishedArchive: Sendable, Hashable {
  /// The file's name, for example `cifar-10-binary.tar.gz`.
  public var file: String
  /// The MD5 in lower-case hexadecimal.
  public var md5: String
  /// The URL of the place of publication, without the file name.
  public var base: String
  /// The folder below the data folder, and below a mirror, that the file belongs in; `nil` for these folders themselves.
  public var folder: String?

  /// Creates the description of a file.
  public init(file: String, md5: String, base: String = cifarBase, folder: String? = nil) {
    self.file = file
    self.md5 = md5
    self.base = base
    self.folder = folder
  }

  /// The place of publication of the CIFAR data sets.
  public static let cifarBase = "https://www.cs.toronto.edu/~kriz"

  /// The archive that `quire data fetch cifar10` downloads.
  public static let cifar10 = CIFAR.ten.binaryArchive
  /// The archive that `quire data fetch cifar100` downloads.
  public static let cifar100 = CIFAR.hundred.binaryArchive
}
