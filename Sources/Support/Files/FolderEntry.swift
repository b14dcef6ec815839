import Foundation

/// An entry of a folder. Symbolic links are followed.
///
///     try FolderEntry.list("flowers").map(\.name)   // [".DS_Store", "daisy", "rose"]
public struct FolderEntry: Sendable, Hashable {
  /// The kinds of entries.
  public enum Kind: Sendable, Hashable {
    /// A regular file and its size in bytes.
    case file(bytes: Int)
    /// A folder.
    case folder(Identity)
    /// An entry that cannot be opened or read as a file, with the reason, for example `broken link`.
    case unusable(String)
  }

  /// The device and inode of a folder: the same for every link to it.
  public struct Identity: Sendable, Hashable {
    private let device: UInt64
    private let inode: UInt64

    /// Creates the identity of an entry; `nil` if it cannot be reached.
    public init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.init(status)
    }

    fileprivate init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      inode = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  /// The name, without the folder's path.
  public let name: String
  /// The kind of entry.
  public let kind: Kind

  /// Whether it is a folder.
  public var isFolder: Bool { if case .folder = kind { true } else { false } }

  /// The entries of a folder, sorted by name, with hidden ones.
  ///
  /// - Throws: ``FileError``.
  public static func list(_ path: String) throws -> [FolderEntry] {
    guard let directory = opendir(path) else { throw FileError.last(.list, path) }
    defer { closedir(directory) }
    var entries: [FolderEntry] = []
    while let entry = readdir(directory) {
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if bytes == [UInt8(ascii: ".")] || bytes == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        let text = String(decoding: bytes, as: UTF8.self)
        entries.append(FolderEntry(name: text, kind: .unusable("name is not UTF-8")))
        continue
      }
      entries.append(FolderEntry(name: name, kind: kind(name, in: dirfd(directory))))
    }
    return entries.sorted { $0.name < $1.name }
  }

  private static func kind(_ name: String, in folder: Int32) -> Kind {
    var status = stat()
    guard fstatat(folder, name, &status, 0) == 0 else {
      return .unusable(errno == ENOENT ? "broken link" : String(cString: strerror(errno)))
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file(bytes: Int(status.st_size))
    case S_IFDIR: .folder(Identity(status))
    default: .unusable("not a file")
    }
  }
}
