import ArgumentParser
import Cells
import Foundation
import NotebookRunner
import Preview

typealias PreviewNotebook = NotebookCommand<PreviewTask>

struct PreviewTask: NotebookTask {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show a notebook's report in the browser while you edit and train.",
    discussion: """
      Quire checks the notebook whenever you save it, runs what changed, and updates the page in place. An edit that \
      would discard a training is run only after you agree. Only this machine can reach the page, and only with the \
      token in the address that is printed. Press Ctrl-C to end; a training continues there the next time.

      Example:
        quire preview notebooks/quickstart.md

      Exit status: 130 or 143 when you end it; 2 nothing could be served.
      """)

  @Option(name: .long, help: "Port to listen on (default: the notebook's last one, or any)")
  var port: UInt16 = 0

  @Option(
    name: .long,
    help: ArgumentHelp("Address to listen on; others than 127.0.0.1 require --token", valueName: "address"))
  var host: String = "127.0.0.1"

  @Option(name: .long, help: "Access token of at least 32 characters (default: a random one)")
  var token: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Name by which browsers reach this machine, for example through a tunnel; repeatable", valueName: "name"
    ))
  var allowedHost: [String] = []

  @Flag(name: .long, inversion: .prefixedNo, help: "Open the page in a browser")
  var open = true

  func validate(hasSeed: Bool) throws {
    if host != "127.0.0.1", token == nil {
      throw ValidationError("--host \(host) lets other machines reach the preview; choose a --token too")
    }
    if let token {
      guard token.utf8.count >= 32, token.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
        throw ValidationError("--token must have at least 32 letters and digits")
      }
    }
  }

  func run(_ options: RunOptions, isQuiet: Bool) throws {
    guard !options.fresh else {
      throw ValidationError(
        "a preview has no --fresh; use 'Run from here' on the page, or 'quire run --fresh'")
    }
    guard FileManager.default.fileExists(atPath: options.notebook) else {
      Console.error("\(options.notebook): error: file not found")
      throw ExitCode(2)
    }
    Interruption.install()
    let preview = NotebookPreview(options, display: ProgressDisplay(quiet: isQuiet)) {
      Interruption.signalNumber
    }
    let server: PreviewServer
    do {
      server = try PreviewServer(
        preview,
        .init(
          host: host, port: port, token: token, allowedHosts: allowedHost,
          addressFile: NotebookPreview.addressFile(of: options)))
    } catch {
      Console.error("error: \(error)")
      throw ExitCode(2)
    }
    let serving = Task.detached { try await server.run() }
    Console.out("Preview: \(server.address)")
    Console.out("Press Ctrl-C to end.")
    preview.start()
    if open { openBrowser(server.address) }
    while Interruption.signalNumber == nil { usleep(50_000) }
    preview.end()
    serving.cancel()
    throw ExitCode(128 + (Interruption.signalNumber ?? 2))
  }

  /// Opens the page where there is a screen; a browser that stays in the foreground must not hold anything up.
  private func openBrowser(_ address: String) {
    let environment = ProcessInfo.processInfo.environment
    #if !os(macOS)
      guard
        environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
          || environment["BROWSER"] != nil
      else { return }
    #endif
    Thread { _ = Opener().open(address: address) }.start()
  }
}
