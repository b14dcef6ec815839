import Documents
import Exporting
import Foundation
import Reporting
import Support
import Testing

@Suite struct JupyterTests {
  private func exported(_ outputs: Bool = true) throws -> JSONValue {
    let document = try Samples.document()
    let file = JupyterExport(
      document, outputs: outputs ? try Samples.outputs(document) : nil, linkPrefix: "../"
    ).file(named: "shapes.ipynb")
    return try JSON.value(JSONValue.self, from: file.bytes)
  }

  private func text(_ value: JSONValue?) -> String { value?.array?.compactMap(\.string).joined() ?? "" }

  private func data(_ output: JSONValue, _ type: String) -> String { text(output["data"]?[type]) }

  @Test func itHasTheFormOfNbformat45() throws {
    for notebook in [try exported(), try exported(false)] {
      #expect(notebook["nbformat"] == 4 && notebook["nbformat_minor"] == 5)
      let cells = try #require(notebook["cells"]?.array)
      #expect(
        cells.map { $0["cell_type"]?.string } == [
          "markdown", "markdown", "code", "markdown", "code", "markdown", "code", "markdown",
        ])
      let ids = cells.compactMap { $0["id"]?.string }
      #expect(Set(ids).count == cells.count)
      #expect(ids.contains("training") && ids.contains("curves"))
      for cell in cells {
        #expect(cell["metadata"]?.object != nil && cell["source"]?.array != nil)
        guard cell["cell_type"] == "code" else { continue }
        #expect(cell["execution_count"] != nil && cell["outputs"]?.array != nil)
        for output in cell["outputs"]?.array ?? [] {
          let keys = Set(output.object?.keys.map { $0 } ?? [])
          switch output["output_type"]?.string {
          case "stream": #expect(keys == ["output_type", "name", "text"])
          case "display_data": #expect(keys == ["output_type", "data", "metadata"])
          case "error": #expect(keys == ["output_type", "ename", "evalue", "traceback"])
          default: Issue.record("output \(output)")
          }
        }
      }
    }
  }

  /// If this fails, Jupyter shows what the author folded, or importing the file loses the element.
  @Test func cellsOfClosedDetailsAreFolded() throws {
    let text = "<details>\n<summary>S</summary>\n\n```swift\n1\n```\n\n</details>\n\n```swift\n2\n```\n"
    let document = try #require(DocumentReader.read(bytes: text.utf8, name: "n.md").0)
    let file = JupyterExport(document).file(named: "n.ipynb")
    let cells = try JSON.value(JSONValue.self, from: file.bytes)["cells"]?.array ?? []
    let folded = cells.map { $0["metadata"]?["jupyter"]?["outputs_hidden"] }
    #expect(folded == [nil, true, nil, nil])
  }

  @Test func cellsShowWhatTheRunGave() throws {
    let cells = try #require(try exported()["cells"]?.array)
    #expect(text(cells[0]["source"]) == "# Shapes: \\<a\\> & b\n\n*Ada, Grace*")
    let prose = text(cells[1]["source"])
    #expect(
      prose.contains(
        "[link](../data/x.csv), ![a picture](../pic.png), 50.00%\nand a\\_b; see Figure 1, not a@curves.com or `@curves`."
      ))
    #expect(prose.contains("> A quote with 0.5."))
    #expect(prose.contains("```python\nprint(\"a listing, @curves\")\n```"))
    #expect(cells.compactMap { $0["execution_count"]?.int } == [1, 2, 3])
    #expect(cells[2]["metadata"]?["tags"] == ["parameters"])
    #expect(cells[4]["metadata"]?["jupyter"]?["source_hidden"] == true)

    let first = try #require(cells[2]["outputs"]?.array)
    #expect(first[0]["name"] == "stdout" && text(first[0]["text"]) == "hello\n")
    #expect(data(first[1], "text/html") == "<p><strong>Warning</strong> 5 &lt; 6 *really*</p>")
    let second = try #require(cells[4]["outputs"]?.array)
    #expect(data(second[0], "text/html").contains("<td style=\"text-align: left\">&lt;y&gt;</td>"))
    #expect(data(second[0], "text/plain").hasPrefix("a|b  n\n---  -\nx    1"))
    #expect(text(second[2]["text"]) == "Epoch 1/1 …\n")
    #expect(data(second[5], "text/html").contains("<img src=\"data:image/png;base64,"))
    let third = try #require(cells[6]["outputs"]?.array)
    let png = try #require(third[0]["data"]?["image/png"]?.string.flatMap { Data(base64Encoded: $0) })
    #expect(PNG.size(of: Array(png)) != nil)
    #expect(third[0]["metadata"]?["image/png"]?["alt"]?.string?.hasPrefix("Loss. Train") == true)
    #expect(data(third[1], "text/plain") == "Figure 1. How it went.")
    #expect(third[2]["ename"] == "Error")
    #expect(third[2]["traceback"]?.array?.count == 2)
  }

  @Test func withoutARunThereAreNoOutputsAndExpressionsStay() throws {
    let cells = try #require(try exported(false)["cells"]?.array)
    #expect(cells.allSatisfy { $0["outputs"]?.array?.isEmpty != false })
    #expect(cells.allSatisfy { $0["execution_count"]?.int == nil })
    #expect(text(cells[1]["source"]).contains("`{swift} percent(accuracy)`"))
  }

  @Test(arguments: [true, false]) func anExportComesBackAsItWas(withOutputs: Bool) throws {
    let document = try Samples.document()
    let file = JupyterExport(
      document, outputs: withOutputs ? try Samples.outputs(document) : nil, linkPrefix: "../x/"
    ).file(named: "n.ipynb")
    let imported = try JupyterImport(file.bytes, name: "n")
    #expect(String(decoding: imported.files[0].bytes, as: UTF8.self) == Samples.notebook)
    #expect(imported.files.count == 1)
    #expect(
      imported.notes
        == (withOutputs ? ["dropped the outputs of 3 cells; run the notebook to create new ones"] : []))
  }

  @Test func whatWasEditedInJupyterIsKept() throws {
    let document = try Samples.document()
    let file = JupyterExport(document, outputs: try Samples.outputs(document)).file(named: "n.ipynb")
    let text = String(decoding: file.bytes, as: UTF8.self)
      .replacing("The end: 2.", with: "The very end: 2.").replacing("let epochs = 2", with: "let epochs = 9")
    let imported = try JupyterImport(Array(text.utf8), name: "n")
    let markdown = String(decoding: imported.files[0].bytes, as: UTF8.self)
    #expect(markdown.hasSuffix("The very end: 2.\n"))
    #expect(markdown.contains("```swift parameters\nlet epochs = 9\n```"))
    #expect(markdown.contains("`{swift} percent(accuracy)`"))
    #expect(imported.notes.contains("cell 8 was edited; its inline values are now plain text"))
  }
}
