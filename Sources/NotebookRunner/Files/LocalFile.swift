import Diagnostics
import Foundation
import Support

/// A file that a link or a picture in prose refers to.
struct LocalFile {
  /// A reason why a file cannot be used.
  enum Fault: Equatable {
    case noPath
    case missing(near: String?)
    /// The file has another name by case or by the form of its accents; a Mac finds it, Linux does not.
    case wrongCase(actual: String)
    case folder
    case unreadable(String)
    case empty
    case notPicture
    /// The picture is on the web, which reports never use.
    case remote
    /// The file has a picture's signature, but is not a whole picture.
    case damaged(String)
    case tooLarge(bytes: Int)
  }

  /// The path, relative to the working directory or absolute.
  let path: String
  /// The path as the notebook has it, decoded.
  let name: String

  /// Finds the path of a URL without its query and fragment; `nil` if it has none.
  init?(_ destination: String, in directory: String) {
    let url = destination.prefix { $0 != "?" && $0 != "#" }
    let decoded = url.removingPercentEncoding ?? String(url)
    // A path ends at a NUL: `secret%00.png` would read another file.
    guard !decoded.isEmpty, !decoded.utf8.contains(0) else { return nil }
    name = decoded
    path = decoded.hasPrefix("/") ? decoded : "\(directory)/\(decoded)"
  }

  /// The reason why a link to this file leads nowhere; `nil` if it is there.
  var linkFault: Fault? {
    guard FileManager.default.fileExists(atPath: path) else { return absent }
    return nameOnDisk.map { .wrongCase(actual: $0) }
  }

  /// The file's bytes and type as a picture, or the reason why a report cannot show it.
  var picture: Result<(type: String, bytes: [UInt8]), PictureFault> {
    func failure<T>(_ fault: Fault) -> Result<T, PictureFault> { .failure(PictureFault(fault: fault)) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return failure(absent) }
    if isFolder.boolValue { return failure(.folder) }
    if let nameOnDisk { return failure(.wrongCase(actual: nameOnDisk)) }
    do {
      let bytes = try FileBytes.read(path, limit: LocalImage.limit)
      if bytes.isEmpty { return failure(.empty) }
      guard let type = LocalImage.type(of: bytes) else { return failure(.notPicture) }
      if let fault = PictureFile.fault(in: bytes, type: type) { return failure(.damaged(fault)) }
      return .success((type, bytes))
    } catch let error as FileError {
      if case .tooLarge(let found, _) = error.fact { return failure(.tooLarge(bytes: found)) }
      return failure(.unreadable(error.reason))
    } catch {
      return failure(.unreadable("\(error)"))
    }
  }

  /// The reason why a picture is not shown.
  struct PictureFault: Error { var fault: Fault }

  private var absent: Fault {
    otherName.map { .wrongCase(actual: $0) } ?? .missing(near: near)
  }

  /// The name of an existing file, if it is written differently; only a Mac finds such a file.
  private var nameOnDisk: String? {
    #if os(Linux)
      return nil
    #else
      return otherName
    #endif
  }

  private var last: String { path.split(separator: "/").last.map(String.init) ?? path }

  private var siblings: [String] {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "/" : folder)) ?? [])
      .sorted()
  }

  /// The name of an existing file that differs only by case or by the form of its accents. Starts with the first folder
  /// whose name differs.
  private var otherName: String? {
    var folder = path.hasPrefix("/") ? "/" : "."
    var found: [String] = []
    for part in path.split(separator: "/").map(String.init) {
      var name = part
      if part != ".", part != ".." {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let isThere = names.contains { $0.utf8.elementsEqual(part.utf8) }
        if !isThere {
          let other = names.first { $0 == part } ?? names.first { $0.lowercased() == part.lowercased() }
          guard let other else { return nil }
          name = other
        }
        if !isThere || !found.isEmpty { found.append(name) }
      }
      folder += "/" + name
    }
    return found.isEmpty ? nil : found.joined(separator: "/")
  }

  private var near: String? { nearMiss(of: last, among: siblings) }
}
