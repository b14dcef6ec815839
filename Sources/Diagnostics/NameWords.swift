/// The words of a name, in lower case: `maxLR` has `max` and `lr`, `batch_size` has `batch` and `size`, `Conv2d` has
/// `conv` and `2d`.
struct NameWords {
  let words: [String]
  let letters: String
  let digits: [Character]

  init(_ name: String) {
    words = Self.split(name)
    letters = words.joined()
    digits = name.filter(\.isNumber)
  }

  /// The letters without numbers and the `d` that follows one.
  var lettersWithoutDimension: String { words.filter { $0.first?.isNumber != true }.joined() }

  /// Whether all words are known.
  var isKnown: Bool { words.allSatisfy(KnownWords.contains) }

  /// Whether this name may be a typing error for the other one, judging by the meaning of its words.
  ///
  /// The digits must be the same. Words that differ must not both be known, unless only their ending differs, as in
  /// `epoch` and `epochs`. A name with another word, as `SEBlock` and `Block`, is another name.
  func mayBeMisspelt(_ other: NameWords) -> Bool {
    if digits != other.digits { return false }
    if letters == other.letters { return true }
    var (own, others) = (words[...], other.words[...])
    while let a = own.first, a == others.first {
      own = own.dropFirst()
      others = others.dropFirst()
    }
    while let a = own.last, a == others.last {
      own = own.dropLast()
      others = others.dropLast()
    }
    if own.isEmpty || others.isEmpty { return false }
    if own.count == others.count {
      return zip(own, others).allSatisfy { $0 == $1 || Self.isSlip($0, $1) }
    }
    // Words may be run together: 'batchsise' for 'batchSize'.
    return !(own + others).allSatisfy(KnownWords.contains)
  }

  private static func isSlip(_ a: String, _ b: String) -> Bool {
    !KnownWords.contains(a) || !KnownWords.contains(b) || isInflection(a, b)
  }

  /// Whether only the words' endings differ.
  private static func isInflection(_ a: String, _ b: String) -> Bool {
    let common = zip(a, b).prefix { $0 == $1 }.count
    guard common >= 3 else { return false }
    let endings: Set<Substring> = ["", "s", "es", "d", "ed", "ing"]
    return endings.contains(a.dropFirst(common)) && endings.contains(b.dropFirst(common))
  }

  /// Splits at case changes, digits and other characters; several capitals are one word, without the last one if a
  /// small letter follows.
  private static func split(_ name: String) -> [String] {
    let characters = Array(name)
    var words: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { words.append(word.lowercased()) }
      word = ""
    }
    for (index, character) in characters.enumerated() {
      guard character.isLetter || character.isNumber else {
        end()
        continue
      }
      if let last = word.last {
        let isNext = index + 1 < characters.count && characters[index + 1].isLowercase
        let isCapital = character.isUppercase && (!last.isUppercase || isNext)
        let isDimension = last.isNumber && (character == "d" || character == "D") && !isNext
        if character.isNumber != last.isNumber ? !isDimension : isCapital { end() }
      }
      word.append(character)
    }
    end()
    return words
  }
}
