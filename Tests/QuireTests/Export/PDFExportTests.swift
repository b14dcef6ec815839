import Foundation
import Testing

/// `quire export --to pdf` with browsers that record their arguments.
@Suite struct PDFExportTests {
  private let folder: String

  init() throws {
    folder = URL(fileURLWithPath: try Executable.scratchFolder()).resolvingSymlinksInPath().path
    for name in ["bin", "output/my net"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    for (path, text) in [
      ("my net.md", "# N\n"), ("other.md", "# O\n"), ("output/my net.html", "<!doctype html>"),
    ] {
      try text.write(toFile: "\(folder)/\(path)", atomically: true, encoding: .utf8)
    }
  }

  /// A program that records its arguments and does what `body` says; `$pdf` is the file to write.
  private func addBrowser(_ name: String, _ body: String = "printf '%%PDF-1.4 page' > \"$pdf\"") throws {
    let script = """
      #!/bin/sh
      for word in \(name) "$@"; do
        echo "$word" >> '\(folder)/arguments'
        case $word in --print-to-pdf=*) pdf=${word#--print-to-pdf=};; esac
      done
      \(body)

      """
    try script.write(toFile: "\(folder)/bin/\(name)", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/bin/\(name)")
  }

  private func export(_ arguments: String..., browser: String = "") throws -> Executable.Result {
    try Executable.run(
      ["export"] + arguments + ["--to", "pdf"], in: folder,
      environment: ["PATH": "\(folder)/bin", "QUIRE_CHROMIUM": browser])
  }

  private var arguments: [String] {
    ((try? String(contentsOfFile: "\(folder)/arguments", encoding: .utf8)) ?? "").split(separator: "\n").map(
      String.init)
  }

  private func bytes(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data(), as: UTF8.self)
  }

  @Test func theReportIsPrintedOfflineInAProfileOfItsOwn() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try addBrowser("chromium-browser")
    let result = try export("my net.md")
    #expect(result.status == 0 && result.output == "output/my net.pdf\n", "\(result.errors)")
    #expect(bytes("output/my net.pdf").hasPrefix("%PDF-1.4 page\n%<!-- Exported by quire from "))
    #expect(arguments.first == "chromium-browser")
    #expect(arguments.last == "file://\(folder)/output/my%20net.html")
    #expect(arguments.contains("--host-resolver-rules=MAP * ~NOTFOUND"))
    #expect(arguments.contains { $0.hasPrefix("--user-data-dir=") })
    #expect(arguments.contains("--no-sandbox") == (geteuid() == 0))
    #expect(result.errors.contains("without its sandbox") == (geteuid() == 0))

    // An export replaces only an earlier one of the same notebook.
    #expect(try export("my net.md").status == 0)
    try "x".write(toFile: "\(folder)/mine.pdf", atomically: true, encoding: .utf8)
    #expect(try export("my net.md", "mine.pdf").errors.contains("'quire export' did not write it"))
    #expect(
      try export("other.md", "output/my net.pdf").errors.contains("this file is the export of my net.md"))
  }

  @Test func theVariableNamesTheBrowser() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try addBrowser("chromium")
    try addBrowser("mine")
    #expect(try export("my net.md", browser: "\(folder)/bin/mine").status == 0)
    #expect(arguments.first == "mine")
    let absent = try export("my net.md", browser: "/absent/browser")
    #expect(absent.status == 2)
    #expect(absent.errors == "error: QUIRE_CHROMIUM is '/absent/browser', but there is no such program\n")
  }

  @Test func withoutABrowserItIsSaidHowToGetOne() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try export("my net.md")
    #expect(result.status == 2)
    #expect(
      result.errors.contains(
        "needs Chromium or Chrome, and there is none (looked for chromium, chromium-browser,"))
    #expect(result.errors.contains("sudo apt install chromium"))
  }

  @Test func aBrowserThatFailsIsAnErrorWithItsMessage() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try addBrowser("chromium", "echo 'cannot open display' >&2; exit 3")
    let failed = try export("my net.md")
    #expect(failed.status == 1)
    #expect(
      failed.errors.hasSuffix(
        "could not print the report: it ended with status 3 and wrote no PDF: cannot open display\n"),
      "\(failed.errors)")
    try addBrowser("chromium", "echo nonsense > \"$pdf\"")
    #expect(try export("my net.md").errors.contains("it ended with status 0 and wrote no PDF"))
    try addBrowser("chromium", "kill -9 $$")
    #expect(try export("my net.md").errors.contains("it was ended by signal 9"))
    #expect(bytes("output/my net.pdf").isEmpty)
  }

  @Test func withoutAReportNothingIsPrinted() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try addBrowser("chromium")
    let result = try export("other.md")
    #expect(result.status == 2)
    #expect(result.errors.contains("output/other.html: error: no report yet; run 'quire run other.md' first"))
    #expect(arguments.isEmpty)
  }
}
