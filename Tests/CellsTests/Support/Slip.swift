/// Introduces a single error into a program, like a typing mistake.
struct Slip {
  private let tokens: [String]
  private let names: [String]

  init(in program: String) {
    var tokens: [String] = []
    var isString = false
    for character in program {
      let isWord = character.isLetter || character.isNumber
      let continues =
        isString || (isWord && tokens.last?.last.map { $0.isLetter || $0.isNumber || $0 == "." } ?? false)
        || (character == "." && tokens.last?.allSatisfy(\.isNumber) ?? false)
      if continues { tokens[tokens.count - 1].append(character) } else { tokens.append(String(character)) }
      if character == "\"" { isString.toggle() }
    }
    self.tokens = tokens
    names = tokens.filter { $0.count > 1 && $0.first?.isLetter ?? false && $0.last?.isNumber ?? false }
  }

  func program(_ random: inout Scramble) -> String {
    for _ in 0..<40 {
      let place = random.next(tokens.count)
      guard let other = replacement(for: tokens[place], &random), other != tokens[place] else { continue }
      return (tokens[..<place] + [other] + tokens[(place + 1)...]).joined()
    }
    return tokens.joined()
  }

  private func replacement(for text: String, _ random: inout Scramble) -> String? {
    switch text {
    case "var": return "let"
    case "mutating", "return": return ""
    case "Int", "Double", "String", "Bool": return random.pick(["Int", "Double", "String", "Bool"])
    case "+", "-", "*", "/": return random.pick(["+", "-", "*", "/", "%", "&&", "<"])
    case "<", ">": return random.pick(["+", "==", "<", "&&"])
    case "let", "func", "struct", "in", "if", "else", "for", "print", "as": return nil
    default: break
    }
    guard let first = text.first else { return nil }
    if first == "\"", text.count > 1 { return random.pick(["1", "1.5", "true"]) }
    if first.isNumber { return random.pick(["\"s\"", "0.5", "true", "nil", "[1]"]) }
    guard first.isLetter else { return nil }
    return random.chance(15) ? text + "x" : names.isEmpty ? nil : random.pick(names)
  }
}
