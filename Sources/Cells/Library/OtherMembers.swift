/// Members that cells do not have: those of Swift's standard library and Foundation, and what other languages call
/// theirs, each with the nearest way that works.
///
/// They are found before a misspelling is looked for, so that none becomes another member of similar spelling.
enum OtherMembers {
  /// The words about a member.
  struct Words {
    /// Whether Swift has the member. Otherwise the error is that there is none, and the way is a note.
    var isSwift: Bool
    var instead: String?
  }

  /// The words about a member of a type; `nil` if the name is not known.
  static func words(on name: String, of type: CellType) -> Words? {
    let (swift, others) = tables(of: type)
    if let known = swift[name] ?? swiftOfAll[name] { return Words(isSwift: true, instead: known) }
    if let way = others[name] ?? othersOfAll[name] { return Words(isSwift: false, instead: way) }
    return name.hasSuffix("ReportingOverflow") ? Words(isSwift: true, instead: overflow) : nil
  }

  /// Swift's members, and those of other languages.
  private static func tables(of type: CellType) -> ([String: String?], [String: String]) {
    switch type {
    case .array, .sequence, .range, .closedRange: (swiftOfSequences, othersOfSequences)
    case .set: tables(swiftOfSets, othersOfSets)
    case .dictionary: tables(swiftOfDictionaries, othersOfDictionaries)
    case .string, .substring: (swiftOfStrings, othersOfStrings)
    case .optional: (swiftOfOptionals, othersOfOptionals)
    case .int, .double, .float, .integerLiteral, .floatLiteral: (swiftOfNumbers, othersOfNumbers)
    default: ([:], [:])
    }
  }

  /// A type's own names with those of all sequences.
  private static func tables(
    _ swift: [String: String?], _ others: [String: String]
  ) -> ([String: String?], [String: String]) {
    let sequences = swiftOfSequences.filter { others[$0.key] == nil }
    return (sequences.merging(swift) { $1 }, othersOfSequences.merging(others) { $1 })
  }

  private static let seed = "runs must be reproducible; Quire derives all random numbers from the seed"
  private static let overflow = "write the operator: an overflow ends the cell with an error"
  private static let prints = "all values can be printed: write String(describing: x)"

  private static let swiftOfAll: [String: String?] = [
    "hashValue": "its value differs from run to run; use the value itself as a key",
    "hash": "use the value itself as a key", "customMirror": nil, "debugDescription": prints,
    "encode": nil, "withUnsafeBytes": nil,
  ]

  private static let othersOfAll: [String: String] = [
    "toString": prints, "str": prints, "isNil": "write x == nil", "equals": "write a == b",
    "copy": "assign it: values are copied", "clone": "assign it: values are copied",
  ]

  private static let swiftOfSequences: [String: String?] = [
    "shuffled": seed, "shuffle": seed, "randomElement": seed,
    "lazy": "remove it; sequences are computed at once",
    "makeIterator": "use a 'for' loop", "popFirst": "check 'isEmpty', then use 'removeFirst()'",
    "index": "use 'firstIndex(of:)', or arithmetic on positions", "formIndex": "write 'i += 1'",
    "distance": "subtract the positions", "partition": "use 'filter' twice",
    "underestimatedCount": "use 'count'",
    "capacity": "use 'count'", "withContiguousStorageIfAvailable": nil, "withUnsafeBufferPointer": nil,
    "withUnsafeMutableBufferPointer": nil,
    "lexicographicallyPrecedes": "compare the elements in a 'for' loop",
    "trimmingPrefix": "use 'drop(while:)'", "trimPrefix": "use 'drop(while:)'", "difference": nil,
    "applying": nil,
    "ranges": "use 'split'", "firstRange": "use 'firstIndex(of:)'", "replacing": "use 'map'",
    "replace": "use 'replaceSubrange(_:with:)'", "moveSubranges": nil,
    "removeSubranges": "use 'removeAll(where:)'",
    "clamped": "use 'min' and 'max' on the bounds", "overlaps": "compare the bounds", "relative": nil,
    "formatted": "use 'joined(separator:)'",
    "isContiguous": nil, "unicodeScalars": nil,
    "eraseToAnySequence": nil, "async": nil, "publisher": nil, "withSpan": nil, "span": nil,
    "subranges": "use 'indices.filter'",
  ]

  private static let othersOfSequences: [String: String] = [
    "sum": "write 'reduce(0, +)'", "minimum": "write 'min()'", "maximum": "write 'max()'",
    "length": "write 'count'", "size": "write 'count'", "len": "write 'count'",
    "push": "write 'append(x)'",
    "pushBack": "write 'append(x)'", "push_back": "write 'append(x)'", "add": "write 'append(x)'",
    "extend": "write 'append(contentsOf: xs)'", "concat": "write 'a + b'", "pop": "write 'removeLast()'",
    "shift": "write 'removeFirst()'", "unshift": "write 'insert(x, at: 0)'",
    "prepend": "write 'insert(x, at: 0)'",
    "mean": "write 'xs.reduce(0, +) / Double(xs.count)'",
    "average": "write 'xs.reduce(0, +) / Double(xs.count)'",
    "avg": "write 'xs.reduce(0, +) / Double(xs.count)'", "median": "write 'xs.sorted()[xs.count / 2]'",
    "std": "compute it with 'reduce'", "variance": "compute it with 'reduce'",
    "product": "write 'reduce(1, *)'",
    "argmax": "write 'xs.indices.max { xs[$0] < xs[$1] }'",
    "argmin": "write 'xs.indices.min { xs[$0] < xs[$1] }'",
    "indexOf": "write 'firstIndex(of: x)'", "find": "write 'first(where:)'",
    "findIndex": "write 'firstIndex(where:)'",
    "findLast": "write 'last(where:)'", "includes": "write 'contains(x)'", "some": "write 'contains(where:)'",
    "any": "write 'contains(where:)'", "all": "write 'allSatisfy'", "every": "write 'allSatisfy'",
    "none": "write '!xs.contains(where:)'", "fold": "write 'reduce'", "foldLeft": "write 'reduce'",
    "inject": "write 'reduce'", "collect": "write 'map'", "apply": "write 'map'", "select": "write 'filter'",
    "reject": "write 'filter' with the opposite condition", "where": "write 'filter'",
    "each": "write 'forEach'",
    "slice": "write 'xs[a..<b]'", "subarray": "write 'xs[a..<b]'", "take": "write 'prefix(n)'",
    "skip": "write 'dropFirst(n)'", "head": "write 'first'", "tail": "write 'dropFirst()'",
    "rest": "write 'dropFirst()'",
    "clear": "write 'removeAll()'", "empty": "write 'isEmpty'", "unique": "write 'Set(xs)'",
    "uniqued": "write 'Set(xs)'",
    "distinct": "write 'Set(xs)'", "flatten": "write 'flatMap { $0 }'", "flat": "write 'flatMap { $0 }'",
    "groupBy": "write 'Dictionary(grouping: xs) { … }'", "grouped": "write 'Dictionary(grouping: xs) { … }'",
    "join": "write 'joined(separator:)'",
    "joined": "map the elements to strings first: xs.map { String($0) }", "reverseEach": "write 'reversed()'",
    "sortBy": "write 'sorted { … }'",
    "toArray": "write 'Array(xs)'", "tolist": "write 'Array(xs)'",
    "chunked": "write 'stride(from:to:by:)' and 'xs[a..<b]'",
    "chunks": "write 'stride(from:to:by:)' and 'xs[a..<b]'", "windows": "write 'zip(xs, xs.dropFirst())'",
    "pairwise": "write 'zip(xs, xs.dropFirst())'", "shape": "write 'count'",
  ]

  private static let swiftOfSets: [String: String?] = [
    "update": "use 'insert'", "popFirst": "check 'first', then use 'remove'",
    "symmetricDifference": nil, "randomElement": seed,
  ]
  private static let othersOfSets: [String: String] = [
    "add": "write 'insert(x)'", "discard": "write 'remove(x)'", "difference": "write 'subtracting(other)'",
    "has": "write 'contains(x)'", "push": "write 'insert(x)'", "append": "write 'insert(x)'",
    "isSubsetOf": "write 'isSubset(of:)'",
  ]

  private static let swiftOfDictionaries: [String: String?] = [
    "index": "read 'table[key]'", "popFirst": "check 'first', then use 'removeValue(forKey:)'",
    "remove": "write 'removeValue(forKey:)'",
  ]
  private static let othersOfDictionaries: [String: String] = [
    "get": "write 'table[key] ?? other'", "has": "write 'table[key] != nil'",
    "hasKey": "write 'table[key] != nil'", "containsKey": "write 'table[key] != nil'",
    "has_key": "write 'table[key] != nil'", "items": "write 'for (key, value) in table'",
    "entries": "write 'for (key, value) in table'", "put": "write 'table[key] = value'",
    "set": "write 'table[key] = value'", "setdefault": "write 'table[key, default: value]'",
    "update": "write 'merge(other) { $1 }'", "delete": "write 'removeValue(forKey:)'",
    "pop": "write 'removeValue(forKey:)'", "add": "write 'table[key] = value'",
    "append": "write 'table[key] = value'",
  ]

  private static let characters =
    "cells have no 'Character'; 'prefix', 'suffix', 'split' and 'hasPrefix' cut and compare text"

  private static let swiftOfStrings: [String: String?] = [
    "first": characters, "last": characters, "map": characters, "compactMap": characters,
    "flatMap": characters,
    "filter": characters, "reversed": characters, "sorted": characters, "forEach": characters,
    "enumerated": characters, "reduce": characters, "min": characters, "max": characters,
    "indices": characters,
    "firstIndex": characters, "lastIndex": characters, "startIndex": characters, "endIndex": characters,
    "index": characters, "drop": characters, "allSatisfy": characters, "randomElement": seed,
    "shuffled": seed,
    "removeFirst": "write 's = String(s.dropFirst())'", "removeLast": "write 's = String(s.dropLast())'",
    "popLast": "write 's = String(s.dropLast())'", "popFirst": "write 's = String(s.dropFirst())'",
    "remove": characters, "removeAll": "write 's = \"\"'", "insert": characters,
    "replaceSubrange": characters,
    "removeSubrange": characters, "utf8": characters, "utf16": characters, "unicodeScalars": characters,
    "range": "use 'contains' or 'split'", "ranges": "use 'split'", "firstRange": "use 'contains' or 'split'",
    "padding": "use String(format: \"%-8@\", s)", "data": nil, "cString": nil, "write": "use 'append'",
    "isASCII": nil, "lines": "write 'split(separator: \"\\n\")'", "joined": "use it on an array of strings",
    "localizedCapitalized": "use 'capitalized'", "localizedUppercase": "use 'uppercased()'",
    "localizedLowercase": "use 'lowercased()'", "compare": "use '<' or '=='",
    "caseInsensitiveCompare": "compare 'lowercased()'",
    "localizedCompare": "use '<' or '=='",
    "localizedCaseInsensitiveContains": "use 'lowercased()' and 'contains'",
    "localizedStandardContains": "use 'lowercased()' and 'contains'", "appending": "write 'a + b'",
    "appendingFormat": "write 'a + String(format: …)'", "substring": "use 'prefix' or 'suffix'",
    "starts": "use 'hasPrefix'",
    "elementsEqual": "use '=='", "firstMatch": "use 'contains' or 'split'", "wholeMatch": "use '=='",
    "prefixMatch": "use 'hasPrefix'", "matches": "use 'contains' or 'split'",
    "trimmingPrefix": "use 'hasPrefix' and 'dropFirst'",
    "replace": "write 's = s.replacing(a, with: b)'", "folding": nil, "applyingTransform": nil,
    "nsString": nil,
    "deletingPathExtension": nil, "lastPathComponent": nil, "pathExtension": nil, "isContiguousUTF8": nil,
    "hasPrefixIgnoringCase": nil, "encode": nil, "propertyList": nil, "addingPercentEncoding": nil,
    "removingPercentEncoding": nil, "makeIterator": characters, "swapAt": characters, "count": characters,
    "reverse": characters, "shuffle": seed, "sort": characters, "lazy": characters, "withCString": nil,
  ]

  private static let othersOfStrings: [String: String] = [
    "length": "write 'count'", "size": "write 'count'", "len": "write 'count'",
    "upper": "write 'uppercased()'",
    "lower": "write 'lowercased()'", "toUpperCase": "write 'uppercased()'",
    "toLowerCase": "write 'lowercased()'",
    "strip": "write 'trimmingCharacters(in: .whitespaces)'",
    "trim": "write 'trimmingCharacters(in: .whitespaces)'",
    "trimmed": "write 'trimmingCharacters(in: .whitespaces)'", "startswith": "write 'hasPrefix(x)'",
    "startsWith": "write 'hasPrefix(x)'", "endswith": "write 'hasSuffix(x)'",
    "endsWith": "write 'hasSuffix(x)'",
    "format": "write 'String(format: \"%.2f\", x)'", "join": "write 'list.joined(separator: s)'",
    "find": "write 'contains(x)'", "indexOf": "write 'contains(x)'", "includes": "write 'contains(x)'",
    "title": "write 'capitalized'", "capitalize": "write 'capitalized'",
    "repeat": "write 'String(repeating: s, count: 3)'",
    "zfill": "write 'String(format: \"%03d\", n)'", "concat": "write 'a + b'", "charAt": characters,
    "substr": "use 'prefix' or 'suffix'", "replaceAll": "write 'replacing(a, with: b)'",
    "splitlines": "write 'split(separator: \"\\n\")'", "toInt": "write 'Int(s)'",
    "toDouble": "write 'Double(s)'",
    "isdigit": "write 'Int(s) != nil'", "empty": "write 'isEmpty'",
  ]

  private static let swiftOfOptionals: [String: String?] = [
    "unsafelyUnwrapped": "write 'x!'", "take": "read the value, then assign 'nil'",
    "some": "write 'if let' or '??'", "none": "compare with 'nil'",
  ]

  private static let othersOfOptionals: [String: String] = [
    "unwrap": "write 'if let', '??' or 'x!'", "get": "write 'if let', '??' or 'x!'",
    "value": "write 'if let', '??' or 'x!'",
    "isSome": "write 'x != nil'", "isNone": "write 'x == nil'", "hasValue": "write 'x != nil'",
    "isPresent": "write 'x != nil'",
    "getOrElse": "write '??'", "orElse": "write '??'", "unwrapOr": "write '??'", "valueOr": "write '??'",
    "isNull": "write 'x == nil'", "isEmpty": "write 'x == nil'",
  ]

  private static let swiftOfNumbers: [String: String?] = [
    "formatted": "write String(format: \"%.2f\", x)", "advanced": "use '+'", "distance": "use '-'",
    "exponent": nil, "significand": nil, "bitPattern": nil, "ulp": nil, "nextUp": nil, "nextDown": nil,
    "magnitude": "use 'abs(x)'", "isZero": "compare with 0", "sign": "compare with 0",
    "remainder": "use 'truncatingRemainder(dividingBy:)'",
    "formRemainder": "use 'truncatingRemainder(dividingBy:)'",
    "formTruncatingRemainder": "use 'truncatingRemainder(dividingBy:)'",
    "formSquareRoot": "use 'squareRoot()'",
    "round": "write 'x = x.rounded()'", "negate": "write 'x = -x'", "addingProduct": "write 'x + a * b'",
    "addProduct": "write 'x += a * b'", "isLess": "use '<'", "isLessThanOrEqualTo": "use '<='",
    "isEqual": "use '=='",
    "isTotallyOrdered": "use '<'", "isNormal": nil, "isSubnormal": nil, "isSignalingNaN": nil,
    "isCanonical": nil,
    "floatingPointClass": nil, "binade": nil, "words": nil, "bitWidth": nil, "leadingZeroBitCount": nil,
    "trailingZeroBitCount": nil, "nonzeroBitCount": nil, "byteSwapped": nil, "bigEndian": nil,
    "littleEndian": nil,
    "multipliedFullWidth": nil, "dividingFullWidth": nil, "quotientAndRemainder": "use '/' and '%'",
    "signum": "compare with 0", "isMultiple": "use 'truncatingRemainder(dividingBy:)'",
    "clamped": "use 'min(max(x, low), high)'", "toggle": nil,
  ]

  private static let othersOfNumbers: [String: String] = [
    "abs": "write 'abs(x)'", "sqrt": "write 'sqrt(x)'", "pow": "write 'pow(x, y)'",
    "floor": "write 'floor(x)'",
    "ceil": "write 'ceil(x)'", "toInt": "write 'Int(x)'", "toDouble": "write 'Double(x)'",
    "toFixed": "write 'String(format: \"%.2f\", x)'",
    "intValue": "write 'Int(x)'", "doubleValue": "write 'Double(x)'", "floatValue": "write 'Float(x)'",
    "stringValue": "write 'String(x)'", "item": "write 'x'", "clamp": "write 'min(max(x, low), high)'",
    "isEven": "write 'x % 2 == 0'", "isOdd": "write 'x % 2 != 0'", "times": "write 'for i in 0..<n'",
    "trunc": "write 'x.rounded(.towardZero)'",
    "exp": "write 'exp(x)'", "log": "write 'log(x)'", "min": "write 'min(x, y)'", "max": "write 'max(x, y)'",
  ]
}
