import Reporting
import Support

/// Text that a cell prints between two other results: a part for the page and, if it is long, all of it in a file.
///
/// Takes linear time, and the memory of what the page shows.
struct PrintedText {
  private var console = ConsoleText()
  private var excerpt = TextExcerpt()
  /// Text that is not in the file; all of it if there is no file yet.
  private var unwritten: [UInt8] = []
  private let name: String?
  private let folder: RunFolder
  private var file: AppendedFile?
  /// Why the file could not be written.
  private(set) var failure: (any Error)?

  /// How much is written to the file at once.
  private static let chunk = 1 << 16

  /// Starts a text.
  ///
  /// - Parameter name: the file for a long text, relative to the run's folder; `nil` for none.
  init(name: String?, in folder: RunFolder) {
    self.name = name
    self.folder = folder
  }

  /// Adds printed text.
  ///
  /// - Returns: the lines that ended, as a terminal shows them.
  mutating func append(_ text: String) -> [UInt8] {
    var shown: [UInt8] = []
    console.write(text, to: &shown)
    keep(shown)
    return shown
  }

  /// The current line so far.
  var unfinished: [UInt8] { console.unfinished }

  /// Ends the text, and writes the rest of a long text to its file.
  ///
  /// - Returns: the block for the page, and the file's name if there is one.
  mutating func finish() -> (block: ReportBlock, file: String?) {
    var rest: [UInt8] = []
    console.finish(&rest)
    keep(rest)
    write(all: true)
    let isWritten = file != nil && failure == nil
    file = nil
    return (block, isWritten ? name : nil)
  }

  /// The text so far, whose file is brought up to date.
  mutating func current() -> ReportBlock {
    write(all: true)
    return block
  }

  private var block: ReportBlock {
    var excerpt = excerpt
    excerpt.append(console.unfinished)
    if excerpt.isWhole { return .text(excerpt.parts.beginning) }
    return .longText(LongText(excerpt, file: failure == nil ? name : nil))
  }

  private mutating func keep(_ shown: [UInt8]) {
    if shown.isEmpty { return }
    excerpt.append(shown)
    if name == nil || failure != nil { return }
    unwritten += shown
    write(all: false)
  }

  /// Writes a long text to its file.
  private mutating func write(all: Bool) {
    guard let name, failure == nil, !excerpt.isWhole, all || unwritten.count >= Self.chunk else { return }
    do {
      let file = try file ?? AppendedFile("\(folder.directory)/\(name)")
      self.file = file
      try file.append(unwritten)
    } catch {
      failure = error
    }
    unwritten = []
  }
}
