import Foundation
import Reporting
import Testing

@testable import NotebookRunner

/// If these fail, a tab of a preview misses a change, or shows something that is gone.
@Suite struct PreviewBoardTests {
  private func parts(_ names: String...) -> [PageParts.Part] {
    names.map { PageParts.Part(name: $0, blocks: [.text("text of \($0)")]) }
  }

  private struct News: Decodable {
    var change: Int
    var order: [String]?
    var parts: [String: String]?
    var values: [String: String]?
  }

  private func news(_ board: PreviewBoard, since: Int) throws -> News? {
    try board.news(since: since).map { try JSONDecoder().decode(News.self, from: Data($0.json.utf8)) }
  }

  @Test func aTabGetsWhatIsNewOnce() throws {
    let board = PreviewBoard()
    board.show(frame: parts("masthead"), sections: parts("prose-1", "cell-a"))
    let first = try #require(try news(board, since: 0))
    #expect(first.order == ["prose-1", "cell-a"])
    #expect(first.parts?.keys.sorted() == ["cell-a", "masthead", "prose-1"])
    #expect(try news(board, since: first.change) == nil)
  }

  @Test func onlyTheChangedPartIsSent() throws {
    let board = PreviewBoard()
    board.show(frame: [], sections: parts("prose-1", "cell-a"))
    let seen = board.page.change
    let changed = PageParts.Part(name: "cell-a", blocks: [.text("new")])
    board.show(frame: [], sections: parts("prose-1") + [changed])
    let found = try #require(try news(board, since: seen))
    #expect(found.parts?.keys.sorted() == ["cell-a"])
    #expect(found.order == nil)
  }

  @Test func aTabThatWasAwayGetsTheLastStateOnly() throws {
    let board = PreviewBoard()
    board.set("status", "a")
    let seen = board.page.change
    for text in ["b", "c", "d"] { board.set("status", text) }
    board.set("console", "e")
    #expect(try news(board, since: seen)?.values == ["status": "d", "console": "e"])
  }

  @Test func partsThatAreGoneAreForgotten() throws {
    let board = PreviewBoard()
    board.show(frame: [], sections: parts("prose-1", "error-1", "cell-a"))
    let seen = board.page.change
    board.show(frame: [], sections: parts("prose-1", "cell-a"))
    let found = try #require(try news(board, since: seen))
    #expect(found.order == ["prose-1", "cell-a"])
    #expect(found.parts == nil)
    #expect(board.page.parts["error-1"] == nil)
  }

  @Test func aNumberOfAnotherServerMeansEverything() throws {
    let board = PreviewBoard()
    board.set("status", "a")
    #expect(try news(board, since: 1_000)?.values == ["status": "a"])
  }

  @Test func equalValuesAreNoChange() {
    let board = PreviewBoard()
    board.set("status", "a")
    let seen = board.page.change
    board.set("status", "a")
    #expect(board.news(since: seen) == nil)
  }

  @Test func aWatcherIsWokenByEachChange() async {
    let board = PreviewBoard()
    var iterator = board.changes().makeAsyncIterator()
    await iterator.next()
    board.set("status", "a")
    await iterator.next()
    #expect(board.news(since: 0) != nil)
  }
}
