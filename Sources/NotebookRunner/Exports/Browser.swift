import Foundation
import Support

/// An installed Chromium, which prints pages to PDF without a window and without the network.
struct Browser {
  /// The path of the program.
  let program: String

  /// The variable with the path of a browser to use.
  static let variable = "QUIRE_CHROMIUM"
  /// The names of the program on PATH, in order.
  static let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
  /// The maximum time for a page, in seconds. Without it, a browser that hangs would block the export forever.
  private static let patience = 300.0

  /// Finds the browser.
  ///
  /// - Throws: ``BrowserProblem`` if there is none.
  static func installed(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(BrowserProblem) -> Browser {
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    func found(_ name: String) -> String? {
      if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
      return folders.lazy.map { "\($0)/\(name)" }.first {
        FileManager.default.isExecutableFile(atPath: $0) && !Paths.isDirectory($0)
      }
    }
    if let given = environment[variable], !given.isEmpty {
      guard let program = found(given) else { throw .given(given) }
      return Browser(program: program)
    }
    #if os(macOS)
      let known = names + ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
    #else
      let known = names
    #endif
    guard let program = known.lazy.compactMap(found).first else { throw .missing(known) }
    return Browser(program: program)
  }

  /// Chromium's sandbox does not work for root. The page is Quire's own and the network is off.
  private var needsSandboxOff: Bool { geteuid() == 0 }

  /// Remarks for the user.
  var notes: [String] {
    needsSandboxOff ? ["the browser ran without its sandbox, because you are root"] : []
  }

  /// A page as PDF.
  ///
  /// - Throws: ``BrowserProblem``, or `FileError` if the PDF cannot be read.
  func printed(_ page: String) throws -> [UInt8] {
    // A profile of its own: the user's may be open, or have extensions.
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("quire-print-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    try AtomicFile.createDirectory(scratch.path)
    let pdf = scratch.appendingPathComponent("page.pdf").path
    let errors = scratch.appendingPathComponent("errors.txt")
    try AtomicFile.write("", to: errors.path, isSynced: false)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments(
      printing: page, to: pdf, profile: scratch.appendingPathComponent("profile").path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do { try process.run() } catch { throw BrowserProblem.failed(program, error.localizedDescription) }
    if ended.wait(timeout: .now() + Self.patience) == .timedOut {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      throw BrowserProblem.timeout(program, seconds: Self.patience)
    }
    guard let bytes = try? FileBytes.read(pdf, limit: 1 << 31), bytes.starts(with: Array("%PDF".utf8)) else {
      throw BrowserProblem.failed(program, Self.reason(process, errors))
    }
    return bytes
  }

  private func arguments(printing page: String, to pdf: String, profile: String) -> [String] {
    let sandbox = needsSandboxOff ? ["--no-sandbox"] : []
    return ["--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check"] + sandbox + [
      // No request leaves the machine: no name has an address, and the browser's own services are off.
      "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync", "--disable-extensions", "--no-pings", "--user-data-dir=\(profile)",
      "--no-pdf-header-footer", "--print-to-pdf=\(pdf)", URL(fileURLWithPath: page).absoluteString,
    ]
  }

  /// The exit status and the last line of the browser's messages.
  private static func reason(_ process: Process, _ errors: URL) -> String {
    let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
    let last = text.split(separator: "\n").last.map { ": \($0.trimmingCharacters(in: .whitespaces))" } ?? ""
    let end =
      process.terminationReason == .exit
      ? "it ended with status \(process.terminationStatus) and wrote no PDF"
      : "it was ended by signal \(process.terminationStatus)"
    return end + last
  }
}

/// A reason why a browser cannot print a page.
enum BrowserProblem: Error, CustomStringConvertible {
  /// None of these programs is installed.
  case missing([String])
  /// The program that the user named does not exist.
  case given(String)
  /// The program failed.
  case failed(String, String)
  /// The program did not end.
  case timeout(String, seconds: Double)

  /// Whether there is no browser.
  var isMissing: Bool {
    switch self {
    case .missing, .given: true
    case .failed, .timeout: false
    }
  }

  var description: String {
    switch self {
    case .missing(let names):
      "printing to PDF needs Chromium or Chrome, and there is none (looked for "
        + "\(names.joined(separator: ", ")) on PATH); install it, for example with 'sudo apt install chromium', or set \(Browser.variable) to its path; "
        + "or open the report with 'quire open' and print it"
    case .given(let path): "\(Browser.variable) is '\(path)', but there is no such program"
    case .failed(let program, let reason): "\(program) could not print the report: \(reason)"
    case .timeout(let program, let seconds):
      "\(program) did not print the report within \(Number.duration(seconds)) and was stopped"
    }
  }
}
