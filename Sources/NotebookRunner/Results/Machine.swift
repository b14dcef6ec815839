import Foundation
import Neural
import Synchronization

/// Facts about the machine and the program, as far as available; each is determined once.
enum Machine {
  /// The version with a suffix that distinguishes builds with different code: `0.2.0+3f9c01ab`.
  static let quire = "\(Version.current)+\(SourceFingerprint.value.prefix(8))"

  static var toolchain: String {
    ProcessInfo.processInfo.environment["QUIRE_TOOLCHAIN"] ?? compiler
  }

  private static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #elseif compiler(>=6.2)
      "Swift 6.2"
    #else
      "Swift 6"
    #endif
  }

  static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }

  static let processor: String = {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
      return architecture
    }
    for line in text.split(separator: "\n") where line.hasPrefix("model name") {
      if let colon = line.firstIndex(of: ":") {
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
    }
    return architecture
  }()

  static var instructionSet: String { "\(architecture), \(InstructionSet.current)" }

  private static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown processor"
    #endif
  }

  private static let commits = Mutex<[String: (hash: String, isClean: Bool)?]>([:])

  /// The Git commit of a folder, and whether it has no uncommitted changes; `nil` outside a repository.
  static func commit(of directory: String) -> (hash: String, isClean: Bool)? {
    commits.withLock { known in
      if let answer = known[directory] { return answer }
      let answer = Git(folder: directory)
        .answer(["status", "--porcelain=v2", "--branch", "--untracked-files=no"]).flatMap(commit(fromStatus:))
      known[directory] = .some(answer)
      return answer
    }
  }

  /// Runs Git on another thread, so that ``commit(of:)`` does not have to wait for it later.
  static func prefetchCommit(of directory: String) {
    DispatchQueue.global().async { _ = commit(of: directory) }
  }

  /// Parses Git's status: headers, then one line per changed file.
  private static func commit(fromStatus status: String) -> (hash: String, isClean: Bool)? {
    let header = "# branch.oid "
    let lines = status.split(separator: "\n")
    // Before the first commit it is `(initial)`.
    guard let hash = lines.first(where: { $0.hasPrefix(header) })?.dropFirst(header.count),
      hash.allSatisfy(\.isHexDigit)
    else { return nil }
    return (String(hash), lines.allSatisfy { $0.hasPrefix("#") })
  }
}
