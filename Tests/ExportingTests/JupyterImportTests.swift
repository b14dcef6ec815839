import Documents
import Exporting
import Foundation
import Testing

@Suite struct JupyterImportTests {
  private func imported(_ json: String) throws -> JupyterImport {
    try JupyterImport(Array(json.utf8), name: "old")
  }

  private func markdown(_ json: String) throws -> String {
    String(decoding: try imported(json).files[0].bytes, as: UTF8.self)
  }

  private func notebook(_ cells: String, metadata: String = "{}") -> String {
    #"{"cells": [\#(cells)], "metadata": \#(metadata), "nbformat": 4, "nbformat_minor": 2}"#
  }

  @Test func aPythonNotebookIsShownNotRun() throws {
    let text = try markdown(
      notebook(
        #"""
        {"cell_type": "markdown", "metadata": {}, "source": ["# A \"net\": 1 #\n", "\n", "Words."]},
        {"cell_type": "code", "metadata": {}, "source": "%matplotlib inline\nprint('```')", "execution_count": 3,
         "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]},
        {"cell_type": "code", "metadata": {}, "source": [], "execution_count": null, "outputs": []},
        {"cell_type": "raw", "metadata": {}, "source": "raw text"}
        """#, metadata: #"{"language_info": {"name": "python"}}"#))
    #expect(
      text == #"""
        ---
        title: "A \"net\": 1"
        ---

        Words.

        ````python no-run
        %matplotlib inline
        print('```')
        ````

        ```python no-run
        ```

        ```text
        raw text
        ```

        """#)
    let (document, problems) = DocumentReader.read(bytes: Array(text.utf8), name: "old.md")
    #expect(problems.isEmpty)
    #expect(document?.frontMatter.title == #"A "net": 1"#)
    #expect(document?.steps.isEmpty == true)
  }

  @Test func whatIsLeftOutIsSaid() throws {
    let notes = try imported(
      notebook(
        #"""
        {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [{"output_type": "stream"}]},
        {"cell_type": "raw", "metadata": {}, "source": "r"},
        {"cell_type": "markdown", "metadata": {}, "source": "![](attachment:a.png)", "attachments": {"a.png": {"image/png": "!"}}}
        """#)
    ).notes
    #expect(
      notes == [
        "cell 2 is a raw cell; it is shown as plain text",
        "cell 3: dropped the attachment 'a.png', which is damaged",
        "dropped the outputs of 1 cell; run the notebook to create new ones",
      ])
  }

  @Test func attachedPicturesBecomeFilesInsideTheirFolder() throws {
    let result = try imported(
      notebook(
        #"""
        {"cell_type": "markdown", "metadata": {}, "source": "![cat](attachment:../a b.png)",
         "attachments": {"../a b.png": {"image/png": ["AQ", "ID"]}}}
        """#))
    #expect(result.files.map(\.path) == ["old.md", "old_files/1-..-a-b.png"])
    #expect(result.files[1].bytes == [1, 2, 3])
    #expect(String(decoding: result.files[0].bytes, as: UTF8.self).contains("![cat](old_files/1-..-a-b.png)"))
  }

  /// Code received from others does not run, and no cell absorbs the next one.
  @Test func foreignSwiftIsNotRunAndOpenFencesAreClosed() throws {
    let text = try markdown(
      notebook(
        #"""
        {"cell_type": "markdown", "metadata": {}, "source": "```swift\nlet a = 1\n```\n~~~{swift}\n~~~\n`{swift} a`\n```c\nopen"},
        {"cell_type": "code", "metadata": {}, "source": "let b = 2", "outputs": []}
        """#, metadata: #"{"kernelspec": {"language": "swift"}}"#))
    let (document, problems) = DocumentReader.read(bytes: Array(text.utf8), name: "old.md")
    #expect(problems.isEmpty, "\(problems.map(\.message)) \(text)")
    #expect(document?.steps.isEmpty == true && document?.inlineExpressions.isEmpty == true)
    #expect(text.hasSuffix("```c\nopen\n```\n\n```swift no-run\nlet b = 2\n```\n"), "\(text)")
  }

  @Test(arguments: [
    ("", "old.ipynb:1:1: error: this is not JSON: the file is empty"),
    ("{\n  \"cells\": [,]}", "old.ipynb:2:13: error: this is not JSON: missing value"),
    ("{\"a\": [1 2]}", "old.ipynb:1:10: error: this is not JSON: missing ',' or ']'"),
    ("{\"a\": {}", "old.ipynb:1:9: error: this is not JSON: unexpected end of file; missing '}'"),
    ("{\"ä\": \"x}", "old.ipynb:1:7: error: this is not JSON: unterminated string"),
    ("# Title", "old.ipynb:1:1: error: this is not JSON: missing value"),
    ("{} x", "old.ipynb:1:4: error: this is not JSON: unexpected text after the end"),
    ("[1, 2]", "old.ipynb: error: this is not a Jupyter notebook: it has no 'nbformat'"),
    (
      #"{"nbformat": 1, "cells": []}"#,
      "old.ipynb: error: nbformat 1 is not supported; expected nbformat 2 to 4"
    ),
    (#"{"nbformat": "x"}"#, "old.ipynb: error: nbformat of an unknown kind"),
    (#"{"nbformat": 4}"#, "old.ipynb: error: 'cells' must be a list"),
    (#"{"nbformat": 4, "cells": [{}]}"#, "old.ipynb: error: 'cell_type' of cell 1 must be"),
    (
      #"{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}"#,
      "old.ipynb: error: 'source' of cell 1 must be text or a list of lines"
    ),
  ])
  func anythingElseIsALocatedError(json: String, words: String) {
    do throws(JupyterError) {
      _ = try JupyterImport(Array(json.utf8), name: "old")
      Issue.record("read \(json)")
    } catch {
      let text = error.diagnostic(file: "old.ipynb").rendered(file: "old.ipynb")
      #expect(text.hasPrefix(words), "\(text)")
    }
  }

  @Test func nothingTraps() {
    let seed = notebook(
      #"{"cell_type": "markdown", "metadata": {"quire": {"source": 1, "shownSHA256": "x"}}, "source": ["\u0000\r\n"], "attachments": []}"#
    )
    let bytes = Array(seed.utf8)
    for position in bytes.indices {
      for byte in [UInt8(0), 34, 123, 125, 91, 93, 255, 57] {
        var changed = bytes
        changed[position] = byte
        _ = try? JupyterImport(changed, name: "old")
      }
      _ = try? JupyterImport(Array(bytes.prefix(position)), name: "old")
    }
    _ = try? JupyterImport(Array(String(repeating: "[", count: 100_000).utf8), name: "old")
  }
}
