/// Generates valid programs: chooses types first, then expressions of these types.
///
///     var generator = ProgramGenerator(seed: 1)
///     let program = generator.program()      // the text of a cell that prints what it computes
struct ProgramGenerator {
  indirect enum Kind: Equatable {
    case int, double, string, bool
    case array(Kind)
    case optional(Kind)
    case pair(Kind, Kind)
    case function(Kind, Kind)
    case structure(Int)
    case enumeration(Int)
  }
  struct Variable {
    var name: String
    var kind: Kind
    var isMutable: Bool
  }
  struct Function {
    var name: String
    var parameters: [(label: String?, kind: Kind, hasDefault: Bool)]
    var result: Kind
  }
  struct Structure {
    var name: String
    var fields: [(name: String, kind: Kind, isMutable: Bool, hasDefault: Bool)]
    var methods: [Function] = []
    var mutating: [Function] = []
  }
  struct Enumeration {
    var name: String
    /// The cases, each with the kind of its associated value.
    var cases: [(name: String, payload: Kind?)]
  }

  var random: Scramble
  var variables: [Variable] = []
  var functions: [Function] = []
  var structures: [Structure] = []
  var enumerations: [Enumeration] = []
  /// Functions with an `inout` parameter of this kind.
  var changers: [(name: String, kind: Kind)] = []
  var count = 0
  var lines: [String] = []
  var indent = ""

  init(seed: UInt64) { random = Scramble(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1) }

  /// Generates a separate program, with its own names.
  mutating func program() -> String {
    (variables, functions, structures, lines, count) = ([], [], [], [], 0)
    (enumerations, changers) = ([], [])
    if random.chance(50) { declareEnumeration() }
    if random.chance(50) { declareStructure() }
    if random.chance(20) { declareStructure() }
    for _ in 0..<(5 + random.next(6)) { statement(depth: 0) }
    for variable in variables where printable(variable.kind) { write("print(\(variable.name))") }
    return lines.joined(separator: "\n")
  }

  mutating func name(_ stem: String) -> String {
    count += 1
    return "\(stem)\(count)"
  }

  mutating func write(_ line: String) { lines.append(indent + line) }

  mutating func kind(_ depth: Int = 1) -> Kind {
    let plain: [Kind] = [.int, .int, .double, .double, .string, .bool]
    if depth == 0 || random.chance(55) { return random.pick(plain) }
    switch random.next(5) {
    case 0: return .array(kind(0))
    case 1: return .optional(kind(0))
    case 3 where !structures.isEmpty: return .structure(random.next(structures.count))
    case 4 where !enumerations.isEmpty: return .enumeration(random.next(enumerations.count))
    default: return .pair(kind(0), kind(0))
    }
  }

  func spelled(_ kind: Kind) -> String {
    switch kind {
    case .int: "Int"
    case .double: "Double"
    case .string: "String"
    case .bool: "Bool"
    case .array(let element): "[\(spelled(element))]"
    case .optional(let wrapped): "\(spelled(wrapped))?"
    case .pair(let a, let b): "(\(spelled(a)), \(spelled(b)))"
    case .function(let a, let b): "(\(spelled(a))) -> \(spelled(b))"
    case .structure(let index): structures[index].name
    case .enumeration(let index): enumerations[index].name
    }
  }

  func printable(_ kind: Kind) -> Bool {
    if case .function = kind { false } else { true }
  }
}
