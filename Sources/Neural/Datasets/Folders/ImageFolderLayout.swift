import Support

/// The folders of an image folder that hold class folders: one for each split, or the folder itself.
///
///     flowers/rose/*.png                                  flat: a part is set aside for testing
///     flowers/train/rose/*.png                            the same
///     flowers/{train,test}/rose/*.png
///     flowers/{train,val}/rose/*.png                      no test images
///     flowers/{train,val,test}/rose/*.png
///
/// A folder called `train` that contains images and no folders is a class if there are other classes next to it.
struct ImageFolderLayout {
  /// A folder that holds class folders, relative to the image folder; empty for the image folder itself.
  var train = ""
  var validation: String?
  var test: String?
  /// The folders that are neither splits nor system files.
  var skipped: [String] = []

  /// The names of the folders of a split, in lower case.
  private enum Role: String, CaseIterable {
    case train, validation, test

    var names: [String] {
      switch self {
      case .train: ["train", "training"]
      case .validation: ["val", "valid", "validation", "dev"]
      case .test: ["test", "testing", "eval", "evaluation"]
      }
    }

    init?(_ folder: String) {
      guard let role = Self.allCases.first(where: { $0.names.contains(folder.lowercased()) }) else {
        return nil
      }
      self = role
    }
  }

  /// A folder next to others, with what it contains.
  private struct Candidate {
    var name: String
    /// The names of the folders in it.
    var folders: [String] = []
    /// The number of image files directly in it.
    var images = 0

    init(_ name: String, in root: String) throws {
      self.name = name
      for entry in try FolderEntry.list("\(root)/\(name)") where !SystemFiles.contains(entry.name) {
        if entry.isFolder { folders.append(entry.name) }
        if case .file = entry.kind, ImageFormat.isImage(named: entry.name) { images += 1 }
      }
    }

    /// Whether it contains class folders.
    var isSplit: Bool { !folders.isEmpty }
    /// Whether it contains images and no folders.
    var isClass: Bool { folders.isEmpty && images > 0 }
  }

  /// Finds the splits of an image folder.
  ///
  /// - Throws: ``DatasetError`` if the folders can be read in two ways or as no layout, `FileError`.
  init(of root: String, name: String) throws {
    let names = try FolderEntry.list(root).filter { $0.isFolder && !SystemFiles.contains($0.name) }.map(
      \.name)
    let reserved = try names.filter { Role($0) != nil }.map { try Candidate($0, in: root) }
    guard !reserved.isEmpty else {
      // cat/train/*.png, cat/test/*.png, dog/train/*.png, …: reading all of them would mix the splits.
      let classes = try names.map { try Candidate($0, in: root) }
      let splits = classes.compactMap { $0.folders.first { Role($0) != nil } }
      if names.count > 1, splits.count == names.count, classes.allSatisfy({ $0.images == 0 }) {
        throw DatasetError(
          .folder(.splitsInClasses(zip(names, splits).map { "\($0)/\($1)" })), dataset: name, file: root)
      }
      return
    }
    let others = try names.filter { Role($0) == nil }.map { try Candidate($0, in: root) }
    let classes = others.filter(\.isClass).map(\.name)
    func failure(_ fault: ImageFolderFault, at folder: String? = nil) -> DatasetError {
      DatasetError(.folder(fault), dataset: name, file: folder.map { "\(root)/\($0)" } ?? root)
    }

    // Classes may be called 'train' or 'test': as other classes, they contain images and no folders.
    if !others.isEmpty, reserved.allSatisfy({ !$0.isSplit }) { return }

    let training = reserved.filter { Role($0.name) == .train }
    guard let train = training.first else { throw failure(.noTraining(found: reserved.map(\.name))) }
    guard train.isSplit else { throw failure(.noClassFolders(images: train.images), at: train.name) }
    if reserved.count == 1, !classes.isEmpty {
      throw failure(.ambiguous(split: train.name, classFolders: train.folders, besides: classes))
    }
    for role in Role.allCases {
      let found = reserved.filter { Role($0.name) == role }.map(\.name)
      if found.count > 1 { throw failure(.severalFolders(found, split: role.rawValue)) }
    }
    for split in reserved where split.isClass {
      throw failure(.noClassFolders(images: split.images), at: split.name)
    }
    self.train = train.name
    validation = reserved.first { Role($0.name) == .validation }?.name
    test = reserved.first { Role($0.name) == .test }?.name
    skipped = others.map(\.name)
  }
}
