import Foundation
import Testing

/// `quire publish` with reports that look like those of runs.
@Suite struct PublishTests {
  private let folder: String

  init() throws {
    folder = URL(fileURLWithPath: try Executable.scratchFolder()).resolvingSymlinksInPath().path
    try report(
      "first", body: "<a href=\"first/data%20one.csv\">data</a> <a href=\"https://example.org\">x</a>")
    try write("a,b\n", to: "output/first/data one.csv")
    try write("not linked", to: "output/first/best.safetensors")
    try report("second", body: "<img src=\"second/p.png\"> <a href=\"../notes.md\">notes</a>")
    try write("png", to: "output/second/p.png")
    try report("broken", status: "failed")
  }

  private func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: "\(folder)/\(path)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func report(_ name: String, status: String = "finished", body: String = "") throws {
    try write("<meta name=\"generator\" content=\"Quire\">\n<body>\(body)", to: "output/\(name).html")
    try write("{\"status\": \"\(status)\"}", to: "output/\(name)/run.json")
  }

  private func publish(_ arguments: String...) throws -> Executable.Result {
    // The tests' own identity: a machine without one could not commit.
    let person = ["NAME": "A", "EMAIL": "a@example.org"]
    let environment = ["AUTHOR", "COMMITTER"].flatMap { role in
      person.map { ("GIT_\(role)_\($0.key)", $0.value) }
    }
    return try Executable.run(
      ["publish"] + arguments, in: folder,
      environment: Dictionary(environment) { $1 }.merging(["GIT_CONFIG_GLOBAL": "/dev/null"]) { $1 })
  }

  @discardableResult
  private func git(_ arguments: String...) throws -> String {
    let result = try Executable.launch(
      "/usr/bin/env", ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"] + arguments, in: folder)
    try #require(result.status == 0, "git \(arguments): \(result.errors)")
    return result.output.trimmingCharacters(in: .newlines)
  }

  private func files(_ path: String) -> [String] {
    let all = FileManager.default.subpaths(atPath: "\(folder)/\(path)") ?? []
    return all.filter {
      FileManager.default.isReadableFile(atPath: "\(folder)/\(path)/\($0)") && $0.contains(".")
    }.sorted()
  }

  private func text(_ path: String) -> String? {
    try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }

  @Test func aFolderGetsTheFinishedReportsTheirFilesAndAnIndex() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("mine", to: "site/other.txt")
    let result = try publish("--to", "site")
    #expect(result.status == 0 && result.output == "published 2 reports to site/\n", "\(result.errors)")
    #expect(
      files("site") == [
        "first.html", "first/data one.csv", "index.html", "other.txt", "second.html", "second/p.png",
      ])
    #expect(result.errors.contains("broken: skipped, because the run failed; --all publishes it too"))
    #expect(
      result.errors.contains(
        "second.html links to ../notes.md, which is outside output/ and was not published"))
    #expect(text("site/other.txt") == "mine")

    #expect(try publish("broken", "--to", "site").errors.contains("broken.html: error: this run failed"))
    #expect(try publish("broken", "--to", "site", "--all").status == 0)
    // The index lists what an earlier call published too.
    #expect(files("site").contains("broken.html") && files("site").contains("first.html"))
  }

  @Test func whatQuireDidNotWriteStays() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("<h1>My page</h1>", to: "site/index.html")
    #expect(
      try publish("first", "--to", "site").errors.contains(
        "site/index.html is not Quire's and stays as it is"))
    #expect(text("site/index.html") == "<h1>My page</h1>")
    try write("<h1>Mine</h1>", to: "site/second.html")
    let refused = try publish("--to", "site")
    #expect(
      refused.status == 2 && refused.errors.contains("site/second.html: error: this page exists"),
      "\(refused.errors)")
    #expect(text("site/second.html") == "<h1>Mine</h1>")
    #expect(try publish("--to", "output").errors.contains("this is the output folder itself"))
    #expect(try publish("--to", "output/first.html").errors.contains("this is a file"))
    #expect(
      try publish("--to", "site", "--output", "absent").errors.contains("there are no reports in absent/"))
  }

  @Test func aBranchGetsACommitAndNothingElseChanges() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try publish("--to", "git:pages").errors.contains("output/ is not in a Git repository"))
    try git("init", "-q", "-b", "main")
    try write("output/\n", to: ".gitignore")
    try git("add", ".gitignore")
    try git("commit", "-q", "-m", "Start")
    try write("staged", to: "staged.txt")
    try git("add", "staged.txt")
    let before = try [git("status", "--porcelain"), git("rev-parse", "HEAD")]

    let first = try publish("--to", "git:pages")
    #expect(
      first.status == 0 && first.output.hasPrefix("committed 2 reports to the branch 'pages' ("), "\(first)")
    #expect(first.errors.contains("push it with: git push REMOTE pages"))
    #expect(try git("rev-list", "--count", "pages") == "1")
    #expect(
      try git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "pages")
        == "first.html\nfirst/data one.csv\nindex.html\nsecond.html\nsecond/p.png")
    #expect(try git("show", "pages:first/data one.csv") == "a,b")
    #expect(try [git("status", "--porcelain"), git("rev-parse", "HEAD")] == before)

    #expect(
      try publish("--to", "git:pages").output == "nothing to publish: 'pages' already has these reports\n")
    #expect(try git("rev-list", "--count", "pages") == "1")
    try write("a,b,c\n", to: "output/first/data one.csv")
    #expect(try publish("first", "--to", "git:pages").status == 0)
    #expect(try git("rev-list", "--count", "pages") == "2")
    #expect(try git("ls-tree", "--name-only", "pages").contains("second.html"))

    #expect(try publish("--to", "git:main").errors.contains("the branch 'main' is checked out in"))
    #expect(try publish("--to", "git:a..b").errors.contains("'a..b' is not a valid name of a branch"))
    #expect(try publish("--to", "git:-b").status == 2)
  }

  @Test func aBranchOfTheRemoteIsContinued() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try git("init", "-q", "--bare", "remote.git")
    try git("init", "-q", "-b", "main")
    try git("remote", "add", "origin", "remote.git")
    #expect(try publish("first", "--to", "git:pages").status == 0)
    try git("push", "-q", "origin", "pages")
    try git("branch", "-D", "pages")
    let result = try publish("second", "--to", "git:pages")
    #expect(result.errors.contains("the new branch 'pages' continues origin/pages"), "\(result)")
    #expect(result.errors.contains("push it with: git push origin pages"))
    try git("push", "-q", "origin", "pages")
    #expect(try git("rev-list", "--count", "origin/pages") == "2")
    #expect(
      try git("ls-tree", "--name-only", "pages") == "first.html\nfirst\nindex.html\nsecond.html\nsecond")
  }
}
