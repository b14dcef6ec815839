extension Unicode.Scalar {
  /// The scalar's width on a terminal in columns: 0 for combining marks, joiners and controls; 2 for East Asian wide
  /// characters and emoji; otherwise 1.
  public var terminalColumns: Int {
    if value < 0x300 {
      return value == 0x7F || (value < 0x20) || (0x80..<0xA0).contains(value) || value == 0xAD ? 0 : 1
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
      0x1AFF0...0x1B2FF, 0x20000...0x3FFFD:
      return isCombining ? 0 : 2
    // The vowels and final consonants of a Hangul syllable that is written in parts.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
    default: return isCombining ? 0 : properties.isEmojiPresentation ? 2 : 1
    }
  }

  private var isCombining: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension Character {
  /// The character's width on a terminal in columns, 0…2.
  ///
  /// An emoji that is joined from several (a family, a flag) counts as one, as on current terminals.
  public var terminalColumns: Int {
    if let byte = asciiValue { return byte < 0x20 || byte == 0x7F ? 0 : 1 }
    let scalars = unicodeScalars
    // U+FE0F asks for the coloured form of a character that is text by default.
    if scalars.contains("\u{FE0F}"), scalars.first?.properties.isEmoji == true { return 2 }
    return scalars.reduce(0) { max($0, $1.terminalColumns) }
  }
}

extension StringProtocol {
  /// The text's width on a terminal in columns, if it has one line.
  ///
  ///     "日本".terminalColumns  // 4
  public var terminalColumns: Int { reduce(0) { $0 + $1.terminalColumns } }
}
