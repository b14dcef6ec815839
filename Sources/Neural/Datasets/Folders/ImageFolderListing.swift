import Foundation
import Support

/// The files of an image folder by split and class, found without reading an image.
///
/// As in torchvision's `ImageFolder`, folders below a class folder belong to the class, links are followed, and files
/// are sorted by folder and then by name. Class names are compared in Unicode's composed form, because macOS stores
/// other bytes for the same name.
struct ImageFolderListing {
  /// An image file and its class.
  struct File {
    var path: String
    var label: Int32
    /// The size in bytes.
    var bytes: Int
  }

  /// Sorted.
  private(set) var classNames: [String] = []
  private(set) var train: [File] = []
  private(set) var validation: [File]?
  private(set) var test: [File]?
  private(set) var skipped = SkippedFiles()

  private let root: String
  /// The data set's name, for errors.
  private let name: String
  /// The maximum number of images of a split.
  private let limit: Int

  /// Finds the files.
  ///
  /// - Throws: ``DatasetError`` if the folders are not understood, a class has no images, or the splits have different
  ///   classes; `FileError`.
  init(of root: String, name: String, limit: Int) throws {
    self.root = root
    self.name = name
    self.limit = limit
    let layout = try ImageFolderLayout(of: root, name: name)
    for folder in layout.skipped { skipped.add(.folder, folder, in: "") }
    if !layout.train.isEmpty {
      for entry in try FolderEntry.list(root) where !entry.isFolder || SystemFiles.contains(entry.name) {
        skip(entry, in: "", isInClass: false)
      }
    }
    let folders = try classFolders(layout.train)
    classNames = folders.keys.sorted()
    train = try files(of: layout.train, folders)
    validation = try layout.validation.map { try otherSplit($0, trainFolder: layout.train) }
    test = try layout.test.map { try otherSplit($0, trainFolder: layout.train) }
  }

  private func failure(_ fault: ImageFolderFault, at folder: String) -> DatasetError {
    DatasetError(.folder(fault), dataset: name, file: path(folder))
  }

  private func path(_ folder: String) -> String { folder.isEmpty ? root : "\(root)/\(folder)" }

  private func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// The folders of each class in a split. Several folders have one class if their names differ only in their form.
  private mutating func classFolders(_ split: String) throws -> [String: [String]] {
    var folders: [String: [String]] = [:]
    for entry in try FolderEntry.list(path(split)) {
      if entry.isFolder, !SystemFiles.contains(entry.name) {
        // Equal in Swift means canonically equivalent.
        folders[entry.name.precomposedStringWithCanonicalMapping, default: []].append(entry.name)
      } else {
        skip(entry, in: split, isInClass: false)
      }
    }
    return folders
  }

  private mutating func otherSplit(_ split: String, trainFolder: String) throws -> [File] {
    let folders = try classFolders(split)
    guard !folders.isEmpty else { throw failure(.noImages(found: skipped.below(split).text), at: split) }
    let missing = classNames.filter { folders[$0] == nil }
    let known = Set(classNames)
    let extra = folders.keys.filter { !known.contains($0) }.sorted()
    guard missing.isEmpty, extra.isEmpty else {
      throw failure(.classesDiffer(train: trainFolder, missing: missing, extra: extra), at: split)
    }
    return try files(of: split, folders)
  }

  /// A split's images, by class.
  private mutating func files(of split: String, _ folders: [String: [String]]) throws -> [File] {
    var files: [File] = []
    var empty: [String] = []
    for (label, className) in classNames.enumerated() {
      let before = files.count
      for folder in (folders[className] ?? []).map({ join(split, $0) }).sorted() {
        try collect(folder, label: Int32(label), into: &files)
      }
      if files.count == before { empty.append(className) }
    }
    guard !files.isEmpty else {
      throw failure(.noImages(found: skipped.below(split).text), at: split)
    }
    guard empty.isEmpty else {
      let found = empty.flatMap { folders[$0] ?? [] }.map { skipped.below(join(split, $0)) }
      throw failure(.emptyClasses(empty, found: found.first { !$0.isEmpty }?.text), at: split)
    }
    try refuseNested(folders, in: split)
    return files
  }

  /// Adds the images of a class folder and of all folders below it.
  private mutating func collect(_ top: String, label: Int32, into files: inout [File]) throws {
    var found: [(folder: String, files: [File])] = []
    var count = files.count
    // Each folder with those around it: a link to one of these would never end.
    let parts = top.split(separator: "/").map(String.init)
    let around = (0...parts.count).compactMap {
      FolderEntry.Identity(path(parts.prefix($0).joined(separator: "/")))
    }
    var open = [(folder: top, around: Set(around))]
    while let (folder, around) = open.popLast() {
      var images: [File] = []
      for entry in try FolderEntry.list(path(folder)) {
        if case .folder(let identity) = entry.kind, !SystemFiles.contains(entry.name) {
          let inner = join(folder, entry.name)
          if around.contains(identity) {
            skipped.add(.unusable, "link to an enclosing folder", in: folder)
          } else {
            open.append((inner, around.union([identity])))
          }
        } else if case .file(let bytes) = entry.kind, isImage(entry.name, in: folder) {
          images.append(File(path: "\(path(folder))/\(entry.name)", label: label, bytes: bytes))
        } else {
          skip(entry, in: folder, isInClass: true)
        }
      }
      count += images.count
      guard count <= limit else {
        throw DatasetError(.tooLarge(images: count, limit: limit), dataset: name, file: root)
      }
      found.append((folder, images))
    }
    files += found.sorted { $0.folder < $1.folder }.flatMap(\.files)
  }

  /// Whether a file is one of the data set's images: a file with the extension of a format that
  /// Quire reads, or a file with another image extension and the content of such a format.
  private func isImage(_ file: String, in folder: String) -> Bool {
    guard !SystemFiles.contains(file), ImageFormat.isImage(named: file) else { return false }
    if ImageFormat.readableExtensions.contains(ImageFormat.fileExtension(file)) { return true }
    return ImageFormat(file: "\(path(folder))/\(file)").map(ImageFormat.readable.contains) ?? false
  }

  private mutating func skip(_ entry: FolderEntry, in folder: String, isInClass: Bool) {
    let ending = ImageFormat.fileExtension(entry.name)
    // A file without an extension may still be an image.
    let format = ending.isEmpty ? ImageFormat(file: "\(path(folder))/\(entry.name)") : nil
    let label =
      ending.isEmpty
      ? ["extensionless", format?.rawValue].compactMap(\.self).joined(separator: " ") : ".\(ending)"
    if SystemFiles.contains(entry.name) {
      skipped.add(.system, SystemFiles.label(entry.name), in: folder)
    } else if case .unusable(let reason) = entry.kind {
      skipped.add(.unusable, reason, in: folder)
    } else if format != nil || ImageFormat.isImage(named: entry.name) {
      skipped.add(isInClass ? .format : .outside, label, in: folder)
    } else {
      skipped.add(.other, label, in: folder)
    }
  }

  /// Refuses a folder that contains only a folder with all classes, as archives often do: it would be one class.
  private func refuseNested(_ folders: [String: [String]], in split: String) throws {
    guard folders.count == 1, let names = folders.values.first, names.count == 1, let only = names.first
    else { return }
    let entries = try FolderEntry.list(path(join(split, only))).filter { !SystemFiles.contains($0.name) }
    let inner = entries.filter(\.isFolder).map(\.name)
    guard !inner.isEmpty, !entries.contains(where: { !$0.isFolder && ImageFormat.isImage(named: $0.name) })
    else {
      return
    }
    throw failure(.nested(inner), at: join(split, only))
  }
}

extension SkippedFiles {
  /// The files that are not the operating system's, for an error; `nil` if there are none.
  fileprivate var text: String? { withoutSystem.isEmpty ? nil : withoutSystem.description }
}
