import Foundation
import Testing

@Suite struct JupyterRoundTripTests {
  /// A notebook exported to Jupyter with its outputs is unchanged after import, byte for byte.
  @Test(arguments: ShippedNotebook.all)
  func aNotebookComesBackFromJupyterAsItWas(notebook: ShippedNotebook) throws {
    let folder = try ranNotebook(notebook)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let exported = try Executable.run(
      ["export", notebook.file, "jupyter.ipynb", "--to", "ipynb"], in: folder)
    #expect(exported.status == 0 && exported.output == "jupyter.ipynb\n", "\(exported.errors)")
    let json = try String(contentsOfFile: "\(folder)/jupyter.ipynb", encoding: .utf8)
    let hasFigures = notebook.text.contains("plot(")
    #expect(json.contains("\"image/png\"") || !hasFigures, "figures")
    #expect(json.contains("\"text/html\""), "outputs")
    let imported = try Executable.run(["import", "jupyter.ipynb", "back.md"], in: folder)
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(try String(contentsOfFile: "\(folder)/back.md", encoding: .utf8) == notebook.text)
  }

  @Test(arguments: ShippedNotebook.all)
  func aPageForGitHubHasEveryPictureItShows(notebook: ShippedNotebook) throws {
    let folder = try ranNotebook(notebook)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let exported = try Executable.run(["export", notebook.file, "--to", "markdown"], in: folder)
    #expect(exported.status == 0 && exported.errors == "", "\(exported.errors)")
    let path = "\(folder)/output/\(notebook.name).md"
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let pictures = page.matches(of: #/(?:src="|\]\()([^")]*_files\/[^")]*)/#).map { String($0.1) }
    #expect(!pictures.isEmpty)
    for picture in pictures {
      #expect(FileManager.default.fileExists(atPath: "\(folder)/output/\(picture)"), "\(picture)")
    }
    #expect(!page.contains("{swift}"), "an expression without its value")
  }

  /// Jupyter's own tools accept the file.
  @Test(
    .enabled(if: jupyterIsThere, "needs Python with nbformat and nbconvert: pip install nbformat nbconvert"),
    arguments: ShippedNotebook.all)
  func nbformatFindsItValidAndNbconvertRendersIt(notebook: ShippedNotebook) throws {
    let folder = try ranNotebook(notebook)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try Executable.run(["export", notebook.file, "jupyter.ipynb", "--to", "ipynb"], in: folder)
    let script = """
      import nbformat, nbconvert
      notebook = nbformat.read("jupyter.ipynb", as_version=nbformat.NO_CONVERT)
      nbformat.validate(notebook)
      page, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
      print(notebook.nbformat, notebook.nbformat_minor, page.count("<img"), page.count("<table"))
      """
    let result = try Executable.launch("/usr/bin/env", ["python3", "-W", "error", "-c", script], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let numbers = result.output.split(separator: " ").compactMap { Int($0.trimmingCharacters(in: .newlines)) }
    try #require(numbers.count == 4, "\(result.output)")
    #expect(numbers[0] == 4 && numbers[1] == 5)
    #expect(numbers[2] > 0 && numbers[3] > 0, "pictures and tables: \(result.output)")
  }

  static let jupyterIsThere: Bool = {
    let result = try? Executable.launch(
      "/usr/bin/env", ["python3", "-c", "import nbformat, nbconvert"],
      in: FileManager.default.temporaryDirectory.path)
    return result?.status == 0
  }()

  @Test func whatTheOutputsAreOfIsSaid() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ text: String) throws {
      try "```swift\nprint(\(text))\n```\n".write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    }
    func export() throws -> Executable.Result {
      try Executable.run(["export", "n.md", "--to", "markdown"], in: folder)
    }
    try write("1")
    #expect(
      try export().errors.contains(
        "note: exported without outputs: the notebook has not been run; run it: quire run n.md"))
    _ = try Executable.run(["run", "n.md"], in: folder)
    #expect(try export().errors == "")
    #expect(try String(contentsOfFile: "\(folder)/output/n.md", encoding: .utf8).contains("```text\n1\n```"))
    try write("2")
    #expect(try export().errors.contains("the notebook changed after its last run"))
    // Too expensive to be rehearsed: it fails during the run.
    try write("[1][(0..<9_999).map { $0 }.filter { $0 > 0 }.count]")
    _ = try Executable.run(["run", "n.md"], in: folder)
    #expect(try export().errors.contains("note: the last run did not finish"))
    #expect(try export().status == 0)
    try Data("{".utf8).write(to: URL(fileURLWithPath: "\(folder)/output/n/outputs.json"))
    #expect(try export().errors.contains("cannot read "))
  }

  /// - Returns: a folder with the notebook and its results.
  private func ranNotebook(_ notebook: ShippedNotebook) throws -> String {
    let folder = try Executable.scratchFolder()
    try notebook.write(into: folder)
    let result = try notebook.run(in: folder)
    try #require(result.status == 0, "\(result.errors)")
    return folder
  }
}
