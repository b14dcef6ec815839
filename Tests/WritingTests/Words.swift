/// The words of a text in lower case, with their lines.
struct Words {
  struct Word {
    var text: String
    /// Counted from 1.
    var line: Int
    /// Whether only white space, comment marks or Markdown marks separate it from the word before it.
    var continues: Bool
  }

  private(set) var words: [Word] = []

  init(_ text: String) {
    var word: [UInt8] = []
    var line = 1
    var continues = false
    var wordLine = 1
    func isLetter(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F || byte >= 0x80
    }
    func isSpace(_ byte: UInt8) -> Bool { " \t\r\n/#*`>".utf8.contains(byte) }
    for byte in text.utf8 {
      if isLetter(byte) {
        if word.isEmpty { wordLine = line }
        word.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        continue
      }
      if !word.isEmpty {
        words.append(Word(text: String(decoding: word, as: UTF8.self), line: wordLine, continues: continues))
        word = []
        continues = true
      }
      if !isSpace(byte) { continues = false }
      if byte == 0x0A { line += 1 }
    }
    if !word.isEmpty {
      words.append(Word(text: String(decoding: word, as: UTF8.self), line: wordLine, continues: continues))
    }
  }

  /// The lines on which a phrase begins, unless one of the words in `except` follows it.
  func lines(of phrase: [String], except: [String]) -> [Int] {
    guard words.count >= phrase.count else { return [] }
    return (0...words.count - phrase.count).compactMap { start in
      for (offset, wanted) in phrase.enumerated() {
        let word = words[start + offset]
        if word.text != wanted || (offset > 0 && !word.continues) { return nil }
      }
      let next = start + phrase.count
      if next < words.count, words[next].continues, except.contains(words[next].text) { return nil }
      return words[start].line
    }
  }
}
