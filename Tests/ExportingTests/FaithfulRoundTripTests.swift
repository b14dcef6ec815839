import Documents
import Exporting
import Foundation
import Support
import Testing

/// Without these, a notebook comes back from Jupyter with other fences or line ends, so that every line differs in
/// version control.
@Suite struct FaithfulRoundTripTests {
  private func exported(_ text: String) throws -> JSONValue {
    let document = try #require(DocumentReader.read(bytes: text.utf8, name: "n.md").0)
    return try #require(JSONReader.value(in: JupyterExport(document).file(named: "n.ipynb").bytes))
  }

  private func imported(_ notebook: JSONValue) throws -> String {
    String(
      decoding: try JupyterImport(Array(JSON.text(notebook).utf8), name: "n").files[0].bytes, as: UTF8.self)
  }

  private static let plain = "# T\n\n```swift\nlet a = 1\n```\n\nWords.\n"

  @Test(arguments: [
    "~~~swift\nlet a = 1\n~~~\n", "~~~~~swift\nlet a = 1\n~~~~~~~\n", "`````swift\nlet a = 1\n`````\n",
    "   ```swift\n   let a = 1\n ```\n", "  ~~~ swift parameters  \n    let a = 1\n  let b = 2\n~~~\n",
    "````swift\n//| label: x\n```\n````\n", "```swift  no-run\nlet a\n```\n", "```swift\n\n\n```\n",
    "```swift\n```\n",
    "~~~swift `odd`\nlet a = 1\n~~~\n", "~~~swift\nlet a = 1", "```swift\nlet a = 1\n```", "\n\n# T\n\n\n\n",
    "---\ntitle: x\n---\n# T\n```swift\nlet a = 1\n```\nWords\n```swift\nlet b = 1\n```\n",
    "# T  \n  words  \n",
    "# T\r\n\r\n```swift\r\nlet a = 1\r\n```\r\n", "# T\r```swift\rlet a = 1\r```\r",
    "# T\r\nmixed\n\r\nends\r",
    "\u{FEFF}# T\n", "\u{FEFF}---\r\ntitle: x\r\n---\r\n\r\nWords\r\n", "", "\n", "no end",
  ])
  func aNotebookComesBackUnchanged(text: String) throws {
    #expect(try imported(exported(text)) == text)
  }

  @Test func anOrdinaryNotebookIsNotStoredTwice() throws {
    let quire = try exported(Self.plain)["metadata"]?["quire"]
    #expect(quire == ["version": 1])
  }

  /// Line ends and fences of the cells that were not edited survive an edit.
  @Test func editsKeepTheRest() throws {
    let text = "\u{FEFF}~~~~swift\r\nlet a = 1\r\n~~~~\r\n\r\nWords.\r\n"
    var notebook = try #require(try exported(text).object)
    var cells = try #require(notebook["cells"]?.array)
    var last = try #require(cells.last?.object)
    last["source"] = ["Other words."]
    cells[cells.count - 1] = .object(last)
    notebook["cells"] = .array(cells)
    #expect(
      try imported(.object(notebook)) == "\u{FEFF}~~~~swift\r\nlet a = 1\r\n~~~~\r\n\r\nOther words.\r\n")

    var first = try #require(cells.first?.object)
    first["source"] = ["let a = 2"]
    cells[0] = .object(first)
    notebook["cells"] = .array(cells)
    #expect(try imported(.object(notebook)).contains("```swift\r\nlet a = 2\r\n```\r\n"))
  }
}

/// Without these, notebooks of other programs lose their title, pictures or text, or are refused.
@Suite struct ForeignNotebookTests {
  private func imported(_ json: String) throws -> JupyterImport {
    try JupyterImport(Array(json.utf8), name: "old")
  }

  private func text(_ json: String) throws -> String {
    String(decoding: try imported(json).files[0].bytes, as: UTF8.self)
  }

  private func notebook(_ cells: String...) -> String {
    #"{"cells": [\#(cells.joined(separator: ","))], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"#
  }

  private func markdown(_ source: String, attachments: String = "{}") throws -> String {
    let quoted = JSON.text(source).trimmingCharacters(in: .newlines)
    return #"{"cell_type": "markdown", "metadata": {}, "source": \#(quoted), "attachments": \#(attachments)}"#
  }

  @Test(arguments: [
    ("Title\n=====\n\nWords", "Title", "Words"), ("  A long\nTitle\n===\nWords", "A long Title", "Words"),
    ("  # Title #\nWords", "Title", "Words"), ("## Part\nTitle\n==", "Title", "## Part\nTitle\n=="),
    ("```\ncode\n```\nTitle\n===", "Title", "```\ncode\n```\nTitle\n==="),
    ("- item\n===", "old", "- item\n==="), ("> quote\n===", "old", "> quote\n==="),
    ("```\nTitle\n===\n```", "old", "```\nTitle\n===\n```"), ("===", "old", "==="),
  ])
  func theFirstHeadingIsTheTitle(source: String, title: String, rest: String) throws {
    #expect(try text(notebook(markdown(source))) == "---\ntitle: \"\(title)\"\n---\n\n\(rest)\n")
  }

  @Test(arguments: ["raw", "markdown"])
  func yamlInTheFirstCellIsFrontMatter(kind: String) throws {
    let cell = #"{"cell_type": "\#(kind)", "metadata": {}, "source": "---\ntitle: \"X\"\nseed: 3\n---"}"#
    #expect(try text(notebook(cell, markdown("# H"))) == "---\ntitle: \"X\"\nseed: 3\n---\n\n# H\n")
    #expect(try imported(notebook(cell)).notes == [])
  }

  @Test func yamlFollowedByTextIsFrontMatterAndText() throws {
    #expect(
      try text(notebook(markdown("---\ntitle: X\n---\n\n# H\nWords"))) == "---\ntitle: X\n---\n\n# H\nWords\n"
    )
  }

  @Test(arguments: ["---\nwords\n---", "---\n\n---", "---\na: [\n---", "---\ntitle: x"])
  func otherTextBetweenRulesIsText(source: String) throws {
    let result = try text(notebook(markdown(source)))
    #expect(result.hasPrefix("---\ntitle: \"old\"\n---\n\n---\n"), "\(result)")
  }

  @Test func attachmentsOfReferenceStyleAreFiles() throws {
    let result = try text(
      notebook(
        markdown(
          "![a][img]\n\n[img]: attachment:image.png", attachments: #"{"image.png": {"image/png": "AQID"}}"#),
        markdown(
          "![b][img], ![img], ![Img][] and [text](x.md)\n\n[img]: attachment:image.png",
          attachments: #"{"image.png": {"image/png": "BAUG"}}"#),
        markdown(
          "![c](attachment:my%20picture.png)", attachments: #"{"my picture.png": {"image/png": "AQID"}}"#),
        markdown("`[img]: x`\n```\n[img]: attachment\n```")))
    #expect(result.contains("![a][img]\n\n[img]: old_files/1-image.png"))
    #expect(
      result.contains(
        "![b][img-2], ![img][img-2], ![Img][img-2] and [text](x.md)\n\n[img-2]: old_files/2-image.png"),
      "\(result)")
    #expect(result.contains("![c](old_files/3-my-picture.png)"))
    #expect(result.contains("```\n[img]: attachment\n```"))
  }

  @Test func aNameThatBeginsAnotherIsNotConfused() throws {
    let result = try text(
      notebook(
        markdown(
          "![](attachment:a.png) ![](attachment:a.png.bak)",
          attachments: #"{"a.png": {"image/png": "AQID"}, "a.png.bak": {"image/png": "AQID"}}"#)))
    #expect(result.contains("![](old_files/1-a.png) ![](old_files/1-a.png.bak)"))
  }

  @Test func footnotesOfCellsStayApart() throws {
    let result = try text(notebook(markdown("A[^1]\n\n[^1]: one"), markdown("B[^1]\n\n[^1]: two")))
    #expect(result.contains("A[^1]\n\n[^1]: one\n\nB[^1-2]\n\n[^1-2]: two"), "\(result)")
  }

  @Test func unusualTextAndNumbersAreRead() throws {
    let json = #"""
      {"cells": [{"cell_type": "code", "execution_count": 123456789012345678901234567890,
        "metadata": {"x": 1e400, "y": NaN, "z": -Infinity}, "outputs": [], "source": "a = \"\ud83d\""}],
       "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
      """#
    #expect(try text(json).contains("a = \"\u{FFFD}\""))
  }

  @Test func nbformat3IsConverted() throws {
    let result = try imported(
      #"""
      {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["A title"]},
        {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["A", " part"]},
        {"cell_type": "markdown", "metadata": {}, "source": ["Words."]},
        {"cell_type": "code", "collapsed": false, "input": ["x = 1\n", "x"], "language": "python", "metadata": {},
         "outputs": [{"output_type": "pyout", "text": "1"}], "prompt_number": 1}]}]}
      """#)
    #expect(
      String(decoding: result.files[0].bytes, as: UTF8.self)
        == "---\ntitle: \"A title\"\n---\n\n## A part\n\nWords.\n\n```python no-run\nx = 1\nx\n```\n")
    #expect(result.notes.count == 1)
  }
}
