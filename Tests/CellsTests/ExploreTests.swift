import Cells
import Foundation
import Testing

@Test func explore() throws {
  guard let path = ProcessInfo.processInfo.environment["EXPLORE"] else { return }
  let text = try String(contentsOfFile: path, encoding: .utf8)
  for snippet in text.components(separatedBy: "\n---\n") {
    print("=====\n" + snippet)
    let book = Notebook(cells: snippet.components(separatedBy: "\n~~~\n"))
    print(">>>>>\n" + (book.problems + [book.output] + [book.failure.map { "FAILED " + $0 } ?? ""]).filter { !$0.isEmpty }.joined(separator: "\n"))
  }
}
