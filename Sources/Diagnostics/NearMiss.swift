/// The candidate that a misspelt name most likely meant, or `nil` if none is close.
///
/// The distance is Damerau-Levenshtein on lower-case names: at most 1 for names of up to 5 characters, 2 up to 8, and 3.
/// Close names with another meaning are not suggested (see ``NameWords``): `popLast` is not a misspelt `dropLast`, and
/// `Conv3d` is not a misspelt `Conv2d`. A name that only lacks the digits of a single candidate means that candidate.
/// Names of more than 200 characters are not compared.
///
///     nearMiss(of: "depthwiseSeperableConv2d", among: ["DepthwiseSeparableConv2d", "Conv2d"])
///     // "DepthwiseSeparableConv2d"
public func nearMiss(of name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased())
  guard wanted.count <= 200 else { return nil }
  let limit = wanted.count <= 5 ? 1 : wanted.count <= 8 ? 2 : 3
  let words = NameWords(name)
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate != name {
    let letters = Array(candidate.lowercased())
    // The distance is at least the difference in length.
    guard abs(letters.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    guard distance <= limit, words.mayBeMisspelt(NameWords(candidate)) else { continue }
    if distance < (best?.distance ?? .max)
      || (distance == best?.distance && candidate < (best?.name ?? ""))
    {
      best = (distance, candidate)
    }
  }
  return best?.name ?? onlyLackingDigits(name, words, candidates)
}

/// The only candidate with the same letters: `MaxPool2d` for `MaxPool`, but none for `BatchNorm`, of which there are two.
private func onlyLackingDigits(
  _ name: String, _ words: NameWords, _ candidates: some Sequence<String>
) -> String? {
  guard words.digits.isEmpty, name.count > 2 else { return nil }
  let found = Set(
    candidates.filter {
      let other = NameWords($0)
      return !other.digits.isEmpty && other.lettersWithoutDimension == words.letters
    })
  return found.count == 1 ? found.first : nil
}

/// Whether the names consist of known words and mean different things: `minLR` and `maxLR`, but not `epoch` and `epochs`.
public func areDifferentNames(_ a: String, _ b: String) -> Bool {
  let (own, other) = (NameWords(a), NameWords(b))
  return own.isKnown && other.isKnown && !own.mayBeMisspelt(other)
}

/// Whether a near miss is certainly what was meant: only one letter or the case differs, no digit differs, and no
/// other candidate is as close.
///
///     isCertainMiss("epochs", of: "epoch", among: ["epochs", "optimizer"])   // true
///     isCertainMiss("beta1", of: "beta3", among: ["beta1", "beta2"])         // false
public func isCertainMiss(_ near: String, of name: String, among candidates: some Sequence<String>) -> Bool {
  let wanted = Array(name.lowercased())
  func digits(_ text: String) -> [Character] { text.filter(\.isNumber) }
  let distance = editDistance(wanted, Array(near.lowercased()))
  guard distance <= 1, digits(near) == digits(name) else { return false }
  return !candidates.contains {
    $0 != near && $0 != name && editDistance(wanted, Array($0.lowercased())) <= distance * 2
  }
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var before: [Int] = []
  var previous = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + Array(repeating: 0, count: b.count)
    for j in 1...b.count {
      let same = a[i - 1] == b[j - 1]
      row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
    }
    (before, previous) = (previous, row)
  }
  return previous[b.count]
}
