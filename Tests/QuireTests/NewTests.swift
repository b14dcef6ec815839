import Foundation
import Testing

/// `quire new`, run by a user.
@Suite struct NewTests {
  private let folder: String

  init() throws { folder = try Executable.scratchFolder() }

  private func new(_ arguments: String...) throws -> Executable.Result {
    try Executable.run(["new"] + arguments, in: folder)
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
  }

  private func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(file)") }

  /// Makes the embedded data set small so that a run takes a moment.
  private func shorten(_ file: String) throws {
    let small = try text(file).replacing(#/\.synthetic\([^)]*\)/#, with: ".synthetic(train: 64, test: 32)")
    try small.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
  }

  @Test(arguments: ["quickstart", "images", "sweep"])
  func everyTemplateChecksAndRuns(template: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try new("my-first_net", "--template", template)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.errors.isEmpty)
    #expect(made.output.hasPrefix("Wrote my-first_net.md\n"), "\(made.output)")
    #expect(made.output.hasSuffix("Next: quire run my-first_net.md\n"), "\(made.output)")
    #expect(try text("my-first_net.md").contains("\ntitle: \"My first net\"\n"))
    #expect(try !text("my-first_net.md").contains("{{"))

    let check = try Executable.run(["check", "my-first_net.md"], in: folder)
    #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
    #expect(check.output.contains("my-first_net.md: no problems found"), "\(check.output)")

    try shorten("my-first_net.md")
    let run = try Executable.run(["run", "my-first_net.md", "-p", "epochs=1"], in: folder)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(!run.errors.contains("warning"), "\(run.errors)")
  }

  @Test func theSweepCommandInTheTextWorks() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // A name that needs quotes in a shell.
    let name = "It's a $HOME \"sweep\""
    #expect(try new(name, "--template", "sweep").status == 0)
    try shorten("\(name).md")
    let lines = try text("\(name).md").split(separator: "\n")
    let command = try #require(lines.first { $0.hasPrefix("quire sweep ") })
    let script = "quire() { \"$0\" \"$@\"; }\n\(command) -p epochs=1"
    let result = try Executable.launch("/bin/sh", ["-c", script, Executable.path()], in: folder)
    #expect(result.status == 0, "\(command): \(result.output)\(result.errors)")
    #expect(result.output.contains("[6/6] "), "\(result.output)")
    #expect(exists("output/\(name)-sweep.html"))
  }

  @Test func theSampleImagesAreReadAndNeverReplaced() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try new("a/flowers.md", "--template", "images")
    #expect(
      made.output.contains("Wrote 240 sample images to a/flowers-images/\n"), "\(made.output)\(made.errors)")
    #expect(exists("a/flowers-images/dots/dots-80.png"))
    try FileManager.default.removeItem(atPath: "\(folder)/a/flowers-images/dots")

    let again = try new("a/flowers.md", "--template", "images", "--force")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("Kept the existing images in a/flowers-images/\n"), "\(again.output)")
    #expect(!exists("a/flowers-images/dots"))
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/a")
    #expect(names.sorted() == ["flowers-images", "flowers.md"])
  }

  @Test func anExistingNotebookStaysUnlessForced() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "mine".write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let refused = try new("n")
    #expect(refused.status == 2)
    #expect(
      refused.errors == "n.md: error: the file exists; use --force to replace it, or choose another name\n")
    #expect(try text("n.md") == "mine")
    #expect(try new("n", "--force").status == 0)
    #expect(try text("n.md") != "mine")
  }

  @Test(arguments: [
    ("", "the name is empty"), ("  ", "the name is empty"), ("a/", "'a/' is a folder"),
    ("..", "'..' is a folder"), (".", "'.' is a folder"), ("a/..", "'a/..' is a folder"),
    (".md", "'.md' has no name"), ("a\nb", "line break"), ("taken", "taken.md: error: this is a folder"),
    ("file/n", "file: error: this is a file"), ("file/deep/n", "file: error: this is a file"),
  ])
  func aNameThatNamesNoNotebookIsRefused(name: String, words: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: "\(folder)/taken.md", withIntermediateDirectories: true)
    try "".write(toFile: "\(folder)/file", atomically: true, encoding: .utf8)
    let result = try new(name)
    #expect(result.status == 2, "\(result.output)")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["file", "taken.md"])
  }

  @Test(arguments: [
    ("../x/Über Bäume", "../x/Über Bäume.md", "Über Bäume", "quire run '../x/Über Bäume.md'"),
    ("x.MD", "x.md", "X", "quire run x.md"),
    (#"a"b\c"#, #"a"b\c.md"#, #"A\"b\\c"#, #"quire run 'a"b\c.md'"#),
    ("{{title}}", "{{title}}.md", "{{title}}", "quire run '{{title}}.md'"),
    ("--", "--.md", "Notebook", "quire run ./--.md"),
  ])
  func oddNamesWork(name: String, path: String, title: String, command: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let inner = "\(folder)/inner"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    for template in ["quickstart", "images"] {
      let made = try Executable.run(["new", "--template", template, "--force", "--", name], in: inner)
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.output.hasSuffix("Next: \(command)\n"), "\(made.output)")
      #expect(try text("inner/\(path)").contains("\ntitle: \"\(title)\"\n"))
      let check = try Executable.run(["check", "./\(path)"], in: inner)
      #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
    }
  }
}
