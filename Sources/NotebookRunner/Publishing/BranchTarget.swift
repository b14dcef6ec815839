import Foundation
import Support

/// A branch of the Git repository of the output folder as the target of publishing.
///
/// The commit is made with an index of its own, so the working tree, the user's index and HEAD stay as they are.
struct BranchTarget {
  let branch: String
  let output: String

  /// Commits the files and the index page, unless the branch already has them.
  ///
  /// - Throws: ``PublishProblem``, ``GitFailure`` or `FileError`.
  func publish(_ reports: PublishedReports) throws -> (summary: String, notes: [String]) {
    let source = output.isEmpty ? "." : output
    let index = FileManager.default.temporaryDirectory.appendingPathComponent("quire-index-\(UUID())").path
    defer { for path in [index, "\(index).lock"] { unlink(path) } }
    let git = Git(folder: source, environment: ["GIT_INDEX_FILE": index])
    guard git.answer(["rev-parse", "--git-dir"]) != nil else {
      throw PublishProblem.noRepository(output: source)
    }
    guard !branch.hasPrefix("-"), git.answer(["check-ref-format", "--branch", branch]) == branch else {
      throw PublishProblem.branchName(branch)
    }
    let reference = "refs/heads/\(branch)"
    try requireNotCheckedOut(reference, git)

    let (parent, notes) = try parent(of: reference, git)
    try git.run(["read-tree"] + (parent.map { [$0] } ?? ["--empty"]))
    try requireOwnPages(reports.names, git)
    var entries = try reports.files.map { file in
      (file, try git.blob(FileBytes.read("\(source)/\(file)", limit: 1 << 31)))
    }
    var remarks = notes
    let earlier = try git.run(["ls-files", "-z"]).split(separator: "\0").map(String.init)
    if earlier.contains("index.html"), !ReportIndex.isIndex(try bytes(of: "index.html", git)) {
      remarks.append("index.html on '\(branch)' is not Quire's and stays as it is")
    } else {
      let listed = (earlier + reports.files).filter { $0.hasSuffix(".html") && !$0.contains("/") }
      let page = ReportIndex.page(of: source, listing: Set(listed.map { String($0.dropLast(5)) }))
      entries.append(("index.html", try git.blob(page)))
    }
    let lines = entries.map { "100644 \($0.1)\t\($0.0)\0" }.joined()
    try git.run(["update-index", "-z", "--index-info"], input: Array(lines.utf8))
    let tree = try git.run(["write-tree"])
    if let parent, git.answer(["rev-parse", "--verify", "--quiet", "\(parent)^{tree}"]) == tree {
      return ("nothing to publish: '\(branch)' already has these reports", remarks)
    }
    let count = Number.counted(reports.names.count, "report")
    let message = "Publish \(count): \(reports.names.joined(separator: ", "))"
    let commit = try git.run(["commit-tree", tree, "-m", message] + (parent.map { ["-p", $0] } ?? []))
    // Fails if the branch has changed meanwhile.
    let old = git.answer(["rev-parse", "--verify", "--quiet", reference]) ?? ""
    try git.run(["update-ref", "-m", "quire publish", reference, commit, old])
    remarks.append("push it with: git push \(remote(git) ?? "REMOTE") \(branch)")
    return ("committed \(count) to the branch '\(branch)' (\(commit.prefix(7)))", remarks)
  }

  /// The commit that the new one follows: the branch's, or that of a remote's branch of the same name.
  private func parent(of reference: String, _ git: Git) throws -> (commit: String?, notes: [String]) {
    if let commit = git.answer(["rev-parse", "--verify", "--quiet", "\(reference)^{commit}"]) {
      return (commit, [])
    }
    let lines = try git.run([
      "for-each-ref", "--format=%(objectname) %(refname:short)", "refs/remotes/*/\(branch)",
    ])
    let words = lines.split(separator: "\n").first?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
    guard words.count == 2 else { return (nil, []) }
    return (words[0], ["the new branch '\(branch)' continues \(words[1])"])
  }

  /// Checks that no working tree has the branch: its files would seem to be changed.
  private func requireNotCheckedOut(_ reference: String, _ git: Git) throws {
    var folder = ""
    for line in try git.run(["worktree", "list", "--porcelain"]).split(separator: "\n") {
      if line.hasPrefix("worktree ") { folder = String(line.dropFirst("worktree ".count)) }
      if line == "branch \(reference)" { throw PublishProblem.checkedOut(branch: branch, folder: folder) }
    }
  }

  /// Checks that the branch's pages of these names are reports.
  private func requireOwnPages(_ names: [String], _ git: Git) throws {
    let earlier = Set(try git.run(["ls-files", "-z"]).split(separator: "\0").map(String.init))
    for name in names where earlier.contains("\(name).html") {
      if !ReportIndex.isPage(try bytes(of: "\(name).html", git)) {
        throw PublishProblem.otherPage("\(branch):\(name).html")
      }
    }
  }

  private func bytes(of file: String, _ git: Git) throws -> [UInt8] {
    Array(try git.run(["cat-file", "blob", ":\(file)"]).utf8.prefix(4096))
  }

  private func remote(_ git: Git) -> String? {
    git.answer(["remote"])?.split(separator: "\n").first.map(String.init)
  }
}

extension Git {
  /// Stores bytes as a blob; returns its name.
  fileprivate func blob(_ bytes: [UInt8]) throws -> String {
    try run(["hash-object", "-w", "--no-filters", "--stdin"], input: bytes)
  }
}
