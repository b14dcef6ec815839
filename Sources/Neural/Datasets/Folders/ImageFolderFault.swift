import Support

/// A reason why the folders of an image folder are not a data set.
public enum ImageFolderFault: Sendable, Hashable, CustomStringConvertible {
  /// No class has images; the text lists other files.
  case noImages(found: String?)
  /// Some classes have no images; the text lists other files in their folders.
  case emptyClasses([String], found: String?)
  /// The classes of a split are not those of the training images.
  case classesDiffer(train: String, missing: [String], extra: [String])
  /// A folder with the name of a split may also be a class: there are class folders next to it.
  case ambiguous(split: String, classFolders: [String], besides: [String])
  /// Two folders for the same split.
  case severalFolders([String], split: String)
  /// There are validation or test images, but no training images.
  case noTraining(found: [String])
  /// A split has images, but no class folders.
  case noClassFolders(images: Int)
  /// The only class folder contains what are probably the class folders.
  case nested([String])
  /// All class folders contain folders with the names of splits, such as `cat/train`.
  case splitsInClasses([String])
  /// Classes with a single image, which cannot be used for both training and testing.
  case singleImages(classes: [String])

  public var description: String {
    switch self {
    case .noImages(let found):
      let layout =
        "put them at CLASS/\(ImageFormat.readablePattern) or {train,val,test}/CLASS/\(ImageFormat.readablePattern)"
      return found.map {
        "found \($0), but no \(ImageFormat.readableNames) images in class folders; \(layout)"
      }
        ?? "no \(ImageFormat.readableNames) images; \(layout)"
    case .emptyClasses(let names, let found):
      return
        "\(Self.classes(names)) no \(ImageFormat.readableNames) images\(found.map { "; found \($0)" } ?? "")"
        + "; add images, or remove the \(names.count == 1 ? "folder" : "folders")"
    case .classesDiffer(let train, let missing, let extra):
      let place = train.isEmpty ? "the training images" : train
      let missingText = missing.isEmpty ? [] : ["no \(Self.list(missing))"]
      let extraText =
        extra.isEmpty ? [] : ["\(Self.list(extra)) \(extra.count == 1 ? "is" : "are") not in \(place)"]
      let folded = Set(missing.map { $0.lowercased() })
      let hint = extra.contains { folded.contains($0.lowercased()) } ? " (upper and lower case differ)" : ""
      return "the classes differ from those in \(place): "
        + (missingText + extraText).joined(separator: "; ") + hint
        + "; use the same class folders in every split"
    case .ambiguous(let split, let classFolders, let besides):
      return "'\(split)' may be a split, with the classes \(Self.list(classFolders)), or a class next to "
        + "\(Self.list(besides)); use CLASS/\(ImageFormat.readablePattern), or move other folders out of the data set"
    case .severalFolders(let names, let split):
      return "found \(Self.list(names)), but only one folder can have the \(split) images; keep one"
    case .noTraining(let found):
      return
        "found \(Self.list(found)), but no folder 'train'; put the training images at train/CLASS/\(ImageFormat.readablePattern)"
    case .noClassFolders(let images):
      return "found \(Number.counted(images, "image")), but no class folders, so the classes are unknown; "
        + "put the images at CLASS/\(ImageFormat.readablePattern) in this folder, or move the folder out of the data set"
    case .nested(let folders):
      return folders.count == 1
        ? "the only class folder contains only the folder \(Self.list(folders)); use the path of the folder that has "
          + "the classes or splits"
        : "the only class folder contains the folders \(Self.list(folders)); if these are the classes or splits, use "
          + "this path"
    case .splitsInClasses(let folders):
      return "the class folders contain splits: \(Self.list(folders)); put the splits outside, at "
        + "{train,val,test}/CLASS/\(ImageFormat.readablePattern)"
    case .singleImages(let names):
      return
        "\(Self.classes(names)) only 1 image\(names.count == 1 ? "" : " each"); a class needs at least 2, because a "
        + "fifth of each class is set aside for testing; add images, or use train/CLASS/\(ImageFormat.readablePattern) and test/CLASS/\(ImageFormat.readablePattern)"
    }
  }

  private static let namesListed = 5

  /// `class 'cat' has`, `300 classes ('cat', 'dog' and 298 more) have`.
  static func classes(_ names: [String]) -> String {
    names.count == 1
      ? "class \(list(names)) has"
      : "\(Number.counted(names.count, "class", plural: "classes")) (\(list(names))) have"
  }

  /// `'cat', 'dog' and 'eel'`.
  static func list(_ names: [String]) -> String {
    var parts = names.prefix(namesListed).map { "'\($0)'" }
    if names.count > namesListed { parts.append("\(Number.grouped(names.count - namesListed)) more") }
    return parts.list("and")
  }
}
