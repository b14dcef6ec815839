import Support

/// The files and folders of an image folder that are not in the data set, counted by kind and place.
///
///     data.skipped.description   // "12 .jpg files (10 in train/cat, 2 in train/dog)"
public struct SkippedFiles: Sendable, Hashable, CustomStringConvertible {
  /// The reasons to skip a file, most important first.
  enum Reason: Int, Sendable, Hashable, CaseIterable {
    /// An image in a format that Quire does not read.
    case format
    /// An image that is not in a class folder.
    case outside
    /// A folder that is neither a class nor a split.
    case folder
    /// An entry that cannot be read.
    case unusable
    /// A file that is not an image.
    case other
    /// A file of the operating system.
    case system
  }

  private struct Key: Sendable, Hashable {
    var reason: Reason
    /// The extension with its dot, or the name.
    var label: String
    /// The folder, relative to the data set's; empty for the data set's own.
    var folder: String
  }

  private var counts: [Key: Int] = [:]
  /// The number of folders that are named for each kind of file.
  private static let foldersNamed = 3
  /// The number of kinds that are named.
  private static let kindsNamed = 16

  /// Creates an empty count.
  public init() {}

  mutating func add(_ reason: Reason, _ label: String, in folder: String) {
    counts[Key(reason: reason, label: label, folder: folder), default: 0] += 1
  }

  /// Whether nothing is skipped.
  public var isEmpty: Bool { counts.isEmpty }

  /// The number of skipped files and folders; the files within a skipped folder are not counted.
  public var count: Int { counts.values.reduce(0, +) }

  /// Whether images may be missing from the data set: there are images in formats that Quire does not read, images
  /// outside class folders, or folders that are not read.
  public var mayHideImages: Bool { counts.keys.contains { $0.reason.rawValue <= Reason.unusable.rawValue } }

  /// The skipped files that may be images; see ``mayHideImages``.
  public var possibleImages: SkippedFiles { filtered { $0.reason.rawValue <= Reason.unusable.rawValue } }

  /// The files in a folder and the folders below it, without those of the operating system; an empty name is the data
  /// set's folder.
  func below(_ folder: String) -> SkippedFiles {
    filtered {
      $0.reason != .system && (folder.isEmpty || $0.folder == folder || $0.folder.hasPrefix("\(folder)/"))
    }
  }

  /// Without files of the operating system.
  var withoutSystem: SkippedFiles { filtered { $0.reason != .system } }

  private func filtered(_ isKept: (Key) -> Bool) -> SkippedFiles {
    var part = SkippedFiles()
    part.counts = counts.filter { isKept($0.key) }
    return part
  }

  /// For example `12 .jpg files (10 in train/cat, 2 in train/dog), 1 Thumbs.db (train/cat)`.
  public var description: String {
    let kinds = Dictionary(grouping: counts) { Kind(reason: $0.key.reason, label: $0.key.label) }
      .sorted { ($0.key.reason.rawValue, $0.key.label) < ($1.key.reason.rawValue, $1.key.label) }
    let parts = kinds.prefix(Self.kindsNamed).map { kind, entries in
      let places = entries.map { ($0.key.folder, $0.value) }
        .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      return "\(kind.text(places.reduce(0) { $0 + $1.1 }))\(Self.text(places))"
    }
    let left = kinds.count - parts.count
    return (parts + (left > 0 ? ["\(left) more kinds"] : [])).joined(separator: ", ")
  }

  private struct Kind: Hashable {
    var reason: Reason
    var label: String

    func text(_ count: Int) -> String {
      switch reason {
      case .format, .other: Number.counted(count, "\(label) file")
      case .outside: Number.counted(count, "\(label) image") + " outside class folders"
      case .folder: count == 1 ? "the folder \(label)" : "\(Number.grouped(count)) folders \(label)"
      case .unusable: Number.counted(count, "entry", plural: "entries") + " (\(label))"
      case .system: "\(Number.grouped(count)) \(label)"
      }
    }
  }

  /// The folders with the most files first.
  private static func text(_ places: [(folder: String, count: Int)]) -> String {
    func name(_ folder: String) -> String { folder.isEmpty ? "the top folder" : folder }
    if places.count == 1 {
      return places[0].folder.isEmpty ? "" : " in \(places[0].folder)"
    }
    let named = places.prefix(foldersNamed).map { "\(Number.grouped($0.count)) in \(name($0.folder))" }
    let rest = places.dropFirst(foldersNamed)
    let more =
      rest.isEmpty
      ? []
      : [
        "\(Number.grouped(rest.reduce(0) { $0 + $1.count })) in \(Number.counted(rest.count, "more folder"))"
      ]
    return " (\((named + more).joined(separator: ", ")))"
  }
}
