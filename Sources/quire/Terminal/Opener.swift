import Foundation

/// The programs that can show a file: those in `$BROWSER`, then the system's own.
///
/// `$BROWSER` holds commands separated by colons. `%s` in a command stands for the file; without it, the file comes last.
struct Opener {
  /// The commands to try, in order, each as its words.
  let commands: [[String]]

  #if os(macOS)
    static let systemProgram = "open"
  #else
    static let systemProgram = "xdg-open"
  #endif

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let browsers = (environment["BROWSER"] ?? "").split(separator: ":").map { command in
      command.split(separator: " ").map(String.init)
    }
    commands = browsers.filter { !$0.isEmpty } + [[Self.systemProgram]]
  }

  /// Shows the file with the first command that works, and waits until that command ends.
  ///
  /// - Returns: whether a command worked.
  func open(_ path: String) -> Bool {
    open(address: URL(fileURLWithPath: path).path)
  }

  /// Shows a page on the web or a file with an absolute path.
  ///
  /// - Returns: whether a command worked.
  func open(address file: String) -> Bool {
    commands.contains { command in
      let words = command.map { $0.replacing("%s", with: file) }
      return run(words == command ? words + [file] : words)
    }
  }

  /// Shows a report, or says that no program could.
  ///
  /// - Returns: whether a command worked.
  func show(_ report: String) -> Bool {
    if open(report) { return true }
    let tried = commands.map { "'\($0[0])'" }.joined(separator: " and ")
    Console.error("error: no program could open the report (tried \(tried)); open the file in a browser")
    return false
  }

  /// Runs a command found on PATH, in this terminal: `$BROWSER` may be a text browser.
  private func run(_ words: [String]) -> Bool {
    var arguments = words.map { strdup($0) } + [nil]
    var variables = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in arguments + variables { free(string) } }
    var child: pid_t = 0
    guard posix_spawnp(&child, words[0], nil, nil, &arguments, &variables) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return false }
    }
    return status == 0
  }
}
