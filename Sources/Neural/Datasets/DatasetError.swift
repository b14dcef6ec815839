import Support

/// An error in a data set on disk.
public struct DatasetError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// The data set is in none of these places.
    case notFound(places: [String])
    /// The path of an image folder is empty: it would be the folder of the notebook.
    case emptyPath
    /// Files are missing from a folder or an archive.
    case missingFiles([String])
    /// A file is truncated.
    case truncated(found: Int, expected: Int)
    /// A file is too long, or not a whole number of records.
    case wrongLength(found: Int, expected: String)
    /// A label is not one of the classes.
    case label(found: Int, classes: Int)
    /// A `.tar.gz` cannot be read; the reason is from libarchive.
    case archive(reason: String)
    /// A pickle contains something that CIFAR's pickles do not contain.
    case pickle(reason: String)
    /// A file is not in the IDX format, or does not contain this data set.
    case idx(reason: String)
    /// The folders of an image folder are not a data set.
    case folder(ImageFolderFault)
    /// A parameter of the source is out of its range.
    case value(name: String, expected: String, found: Int)
    /// Several images cannot be read: the first of them, with the reasons, and their number.
    case images([String], count: Int)
    /// There are too many images to hold in memory.
    case tooLarge(images: Int, limit: Int)
    /// The user interrupted reading the images.
    case interrupted
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The data set's name, for example `CIFAR-10`.
  public var dataset: String
  /// The file or folder at fault; `ARCHIVE/FILE` inside an archive.
  public var file: String?
  /// The offset of the error in the file, in bytes.
  public var offset: Int?

  /// Creates an error.
  public init(_ fact: Fact, dataset: String, file: String? = nil, offset: Int? = nil) {
    self.fact = fact
    self.dataset = dataset
    self.file = file
    self.offset = offset
  }

  public var description: String {
    let file = file ?? dataset
    let place = offset.map { "\(file), byte \($0)" } ?? file
    switch fact {
    case .notFound(let places):
      return "\(dataset) not found; looked in \(places.joined(separator: ", "))\(remedy)"
    case .emptyPath:
      return
        "the path of the image folder is empty; write the folder's name, or \".\" for the notebook's own folder"
    case .missingFiles(let names):
      return "\(place): \(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") missing"
        + "; unpack \(dataset) again"
    case .truncated(let found, let expected):
      return
        "\(place): truncated file: \(found) bytes, expected \(expected); copy or download it again"
    case .wrongLength(let found, let expected):
      return "\(place): the file has \(found) bytes, expected \(expected); copy or download it again"
    case .label(let found, let classes):
      return "\(place): label \(found) is out of range; \(dataset) has the labels 0…\(classes - 1)"
    case .archive(let reason):
      return "\(place): cannot read the archive: \(reason); copy or download it again"
    case .pickle(let reason):
      return "\(place): not a \(dataset) pickle: \(reason)"
    case .idx(let reason):
      return "\(place): not an IDX file of \(dataset): \(reason); copy or download it again"
    case .folder(let fault):
      return "\(place): \(fault)"
    case .value(let name, let expected, let found):
      return "\(place): \(name) must be \(expected), found \(found)"
    case .images(let faults, let count):
      let rest = count > faults.count ? "; and \(Number.grouped(count - faults.count)) more" : ""
      return
        "\(place): \(Number.counted(count, "image")) cannot be read: \(faults.joined(separator: "; "))\(rest)"
    case .interrupted:
      return "\(place): interrupted while reading the images"
    case .tooLarge(let images, let limit):
      return "\(place): too many images: \(images); the maximum at this size is \(limit)"
    }
  }

  private var remedy: String {
    let publication = DataSource.published.first { $0.name == dataset }?.publication
    return publication.map { "; get it with: quire data fetch \($0.command)" } ?? ""
  }
}
