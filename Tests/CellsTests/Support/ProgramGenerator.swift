/// A pseudo-random number generator with reproducible results.
struct Scramble: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return mixed ^ (mixed >> 29)
  }

  mutating func next(_ bound: Int) -> Int { Int(next() >> 33) % max(1, bound) }
  mutating func chance(_ percent: Int) -> Bool { next(100) < percent }
  mutating func pick<T>(_ list: [T]) -> T { list[next(list.count)] }
}

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

  // MARK: Names and types

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

  private func printable(_ kind: Kind) -> Bool {
    if case .function = kind { false } else { true }
  }

  // MARK: Expressions

  mutating func expression(_ kind: Kind, _ depth: Int = 2) -> String {
    let known = variables.filter { $0.kind == kind }
    if !known.isEmpty, random.chance(depth == 0 ? 70 : 30) { return random.pick(known).name }
    if depth > 0, random.chance(25), let found = fromElsewhere(kind, depth) { return found }
    switch kind {
    case .int: return int(depth)
    case .double: return double(depth)
    case .string: return string(depth)
    case .bool: return bool(depth)
    case .array(let element): return array(element, depth)
    case .optional(let wrapped): return optional(wrapped, depth)
    case .pair(let a, let b): return "(\(expression(a, depth - 1)), \(expression(b, depth - 1)))"
    case .function(let a, let b): return closure(a, b)
    case .structure(let index): return made(index, depth)
    case .enumeration(let index): return enumerationCase(index, depth)
    }
  }

  /// A value of this type taken from a larger one, or returned by a function.
  private mutating func fromElsewhere(_ kind: Kind, _ depth: Int) -> String? {
    var found: [String] = []
    for variable in variables {
      switch variable.kind {
      case .pair(let a, let b):
        if a == kind { found.append("\(variable.name).0") }
        if b == kind { found.append("\(variable.name).1") }
      case .structure(let index):
        for field in structures[index].fields where field.kind == kind {
          found.append("\(variable.name).\(field.name)")
        }
        for method in structures[index].methods where method.result == kind {
          found.append("\(variable.name).\(call(method, depth - 1))")
        }
      case .function(let a, let b) where b == kind: found.append("\(variable.name)(\(expression(a, 0)))")
      case .array(let element) where element == kind:
        found.append("(\(variable.name).first ?? \(expression(kind, 0)))")
      case .optional(let wrapped) where wrapped == kind:
        found.append("(\(variable.name) ?? \(expression(kind, 0)))")
      default: break
      }
    }
    for function in functions where function.result == kind { found.append(call(function, depth - 1)) }
    return found.isEmpty ? nil : random.pick(found)
  }

  private mutating func call(_ function: Function, _ depth: Int) -> String {
    var arguments: [String] = []
    for parameter in function.parameters where !(parameter.hasDefault && random.chance(50)) {
      let value = expression(parameter.kind, depth)
      arguments.append(parameter.label.map { "\($0): \(value)" } ?? value)
    }
    return "\(function.name)(\(arguments.joined(separator: ", ")))"
  }

  private mutating func int(_ depth: Int) -> String {
    if depth <= 0 { return "\(random.next(10))" }
    let (a, d) = (expression(.int, depth - 1), depth - 1)
    switch random.next(9) {
    case 0: return "\(a) + \(expression(.int, d))"
    case 1: return "(\(a) - \(expression(.int, d)))"
    case 2: return "(\(a)) % 97 * \(1 + random.next(9))"
    case 3: return "(\(a)) / \(1 + random.next(5))"
    case 4: return "(\(expression(.bool, d)) ? \(a) : \(expression(.int, d)))"
    case 5: return "max(\(a), \(expression(.int, d)))"
    case 6: return "\(expression(.array(.int), d)).count"
    case 7: return "\(expression(.array(.int), d)).reduce(\(random.next(3)), +)"
    default: return "-max(0, \(a))"
    }
  }

  private mutating func double(_ depth: Int) -> String {
    if depth <= 0 {
      return random.chance(60) ? "\(random.next(9)).\(random.next(4))5" : "\(1 + random.next(9))"
    }
    let (a, d) = (expression(.double, depth - 1), depth - 1)
    switch random.next(9) {
    case 0: return "\(a) + \(expression(.double, d))"
    case 1: return "(\(a)) * \(expression(.double, 0))"
    case 2: return "(\(a)) / \(2 + random.next(5))"
    case 3: return "Double(\(expression(.int, d)))"
    case 4: return "(\(expression(.bool, d)) ? \(a) : \(expression(.double, d)))"
    case 5: return "abs(\(floating()) - \(a))"
    case 6: return "Double(\(a)).rounded()"
    case 7: return "\(random.next(9)) / \(1 + random.next(3)) * (\(a))"
    default: return "\(floating()) - (\(a))"
    }
  }

  /// An expression that is a Double without context: pure literals would take their type from it.
  private mutating func floating() -> String {
    let known = variables.filter { $0.kind == .double }
    return known.isEmpty || random.chance(30) ? "Double(\(expression(.int, 0)))" : random.pick(known).name
  }

  private mutating func string(_ depth: Int) -> String {
    if depth <= 0 { return "\"\(random.pick(["a", "b", "loss", "é", ""]))\"" }
    switch random.next(5) {
    case 0: return "\(expression(.string, depth - 1)) + \(expression(.string, depth - 1))"
    case 1: return "\"<\\(\(expression(kind(), depth - 1).replacing("\"", with: "\"")))>\""
    case 2: return "String(\(expression(.int, depth - 1)))"
    case 3: return "(\(expression(.string, depth - 1))).uppercased()"
    default:
      return "(\(expression(.bool, depth - 1)) ? \(expression(.string, 0)) : \(expression(.string, 0)))"
    }
  }

  private mutating func bool(_ depth: Int) -> String {
    if depth <= 0 { return random.chance(50) ? "true" : "false" }
    let d = depth - 1
    switch random.next(6) {
    case 0:
      return "(\(expression(.int, d)) \(random.pick(["<", "<=", "==", "!=", ">"])) \(expression(.int, d)))"
    case 1: return "(\(floating()) \(random.pick(["<", ">="])) \(expression(.double, d)))"
    case 2: return "(\(expression(.bool, d)) \(random.pick(["&&", "||"])) \(expression(.bool, d)))"
    case 3: return "!(\(expression(.bool, d)))"
    case 4: return "\(expression(.array(.int), d)).contains(\(expression(.int, 0)))"
    default: return "(\(expression(.string, d)) == \(expression(.string, d)))"
    }
  }

  private mutating func array(_ element: Kind, _ depth: Int) -> String {
    let literal =
      "[" + (0..<(1 + random.next(3))).map { _ in expression(element, depth - 1) }.joined(separator: ", ")
      + "]"
    if depth <= 0 {
      return element == .int || element == .string ? literal : "(\(literal) as [\(spelled(element))])"
    }
    switch random.next(6) {
    case 0 where element == .int: return "(0..<\(1 + random.next(4))).map { $0 * \(1 + random.next(5)) }"
    case 1 where element == .double: return "(1...3).map { Double($0) / \(1 + random.next(4)) }"
    case 2 where element == .int: return "\(array(.int, 0)).filter { $0 > \(random.next(6)) }"
    case 3 where element == .int || element == .string: return "\(array(element, 0)).sorted()"
    case 4: return "[\(spelled(element))](repeating: \(expression(element, 0)), count: \(1 + random.next(3)))"
    default: return "(\(literal) as [\(spelled(element))])"
    }
  }

  private mutating func optional(_ wrapped: Kind, _ depth: Int) -> String {
    switch random.next(4) {
    case 0 where wrapped == .int: return "\(array(.int, 0)).max()"
    case 1: return "\(array(wrapped, depth)).first"
    case 2 where wrapped == .int: return "Int(\(expression(.string, 0)))"
    default:
      let value = expression(wrapped, depth - 1)
      return wrapped == .double ? "(\(value) as Double?)" : "Optional(\(value))"
    }
  }

  private mutating func closure(_ parameter: Kind, _ result: Kind) -> String {
    let known = variables
    defer { variables = known }
    let name = name("p")
    variables.append(Variable(name: name, kind: parameter, isMutable: false))
    return "{ \(name) in \(expression(result, 1)) }"
  }

  private mutating func made(_ index: Int, _ depth: Int) -> String {
    let structure = structures[index]
    var arguments: [String] = []
    for field in structure.fields where !(field.hasDefault && (!field.isMutable || random.chance(50))) {
      arguments.append("\(field.name): \(expression(field.kind, min(depth - 1, 1)))")
    }
    return "\(structure.name)(\(arguments.joined(separator: ", ")))"
  }

  // MARK: Statements

  mutating func block(_ head: String, _ body: (inout Self) -> Void) {
    let known = variables.count
    write("\(head) {")
    indent += "  "
    body(&self)
    indent = String(indent.dropLast(2))
    write("}")
    variables.removeSubrange(known...)
  }

  mutating func statement(depth: Int) {
    switch random.next(depth > 1 ? 6 : 16) {
    case 0, 1, 2: declareVariable()
    case 3: change()
    case 4: write("print(\(expression(kind())), \(expression(kind(), 1)))")
    case 5: change()
    case 6:
      block("if \(expression(.bool))") { $0.statement(depth: depth + 1) }
      if random.chance(50) {
        lines[lines.count - 1] += " else {"
        let last = lines.removeLast()
        let known = variables.count
        lines.append(last)
        indent += "  "
        statement(depth: depth + 1)
        indent = String(indent.dropLast(2))
        write("}")
        variables.removeSubrange(known...)
      }
    case 7:
      let item = name("i")
      let (sequence, kind): (String, Kind) =
        random.chance(50)
        ? ("0..<\(1 + random.next(4))", .int)
        : { (generator: inout Self) in
          let kind = generator.kind(0)
          return (generator.expression(.array(kind), 1), kind)
        }(&self)
      block("for \(item) in \(sequence)") {
        $0.variables.append(Variable(name: item, kind: kind, isMutable: false))
        $0.statement(depth: depth + 1)
        $0.statement(depth: depth + 1)
      }
    case 8 where depth == 0: declareFunction()
    case 9: unwrap(depth)
    case 10: declareClosure()
    case 11, 12: switchStatement(depth)
    case 13: declareChosen()
    case 14 where depth == 0: declareChanger()
    case 15: callChanger()
    default: declareVariable()
    }
  }

  private mutating func declareVariable() {
    let kind = kind()
    let isMutable = random.chance(50)
    let value = expression(kind)
    let name = name("v")
    // A number literal alone would be an Int.
    let type = random.chance(60) || hasDouble(kind) ? ": \(spelled(kind))" : ""
    write("\(isMutable ? "var" : "let") \(name)\(type) = \(value)")
    variables.append(Variable(name: name, kind: kind, isMutable: isMutable))
  }

  private func hasDouble(_ kind: Kind) -> Bool {
    switch kind {
    case .double: true
    case .pair(let a, let b): hasDouble(a) || hasDouble(b)
    default: false
    }
  }

  private mutating func declareClosure() {
    let (a, b) = (kind(0), kind(0))
    let value = closure(a, b)
    let name = name("f")
    write("let \(name): \(spelled(.function(a, b))) = \(value)")
    variables.append(Variable(name: name, kind: .function(a, b), isMutable: false))
  }

  private mutating func unwrap(_ depth: Int) {
    let kind = kind(0)
    let value = expression(.optional(kind), 1)
    let name = name("u")
    block("if let \(name) = \(value)") {
      $0.variables.append(Variable(name: name, kind: kind, isMutable: false))
      $0.statement(depth: depth + 1)
    }
  }

  mutating func change() {
    let mutable = variables.filter(\.isMutable)
    guard let variable = mutable.isEmpty ? nil : random.pick(mutable) else { return declareVariable() }
    change(variable.name, variable.kind)
  }

  mutating func change(_ place: String, _ kind: Kind) {
    switch kind {
    case .int where random.chance(50): write("\(place) += \(expression(.int, 1))")
    case .double where random.chance(50):
      write("\(place) \(random.pick(["+=", "-=", "*="])) \(expression(.double, 1))")
    case .string where random.chance(50): write("\(place) += \(expression(.string, 1))")
    case .array(let element) where random.chance(70): write("\(place).append(\(expression(element, 1)))")
    case .pair(let a, _) where random.chance(50): write("\(place).0 = \(expression(a, 1))")
    case .structure(let index) where random.chance(80):
      let structure = structures[index]
      if let method = structure.mutating.first, random.chance(50) {
        write("\(place).\(call(method, 1))")
      } else if let field = structure.fields.first(where: \.isMutable) {
        change("\(place).\(field.name)", field.kind)
      } else {
        assign(kind, to: place)
      }
    default: assign(kind, to: place)
    }
  }

  private mutating func assign(_ kind: Kind, to place: String) {
    let value = expression(kind, 1)
    // Swift reports assigning a variable to itself.
    write(value == place ? "print(\(place))" : "\(place) = \(value)")
  }

  private mutating func parameters() -> (
    [(label: String?, kind: Kind, hasDefault: Bool)], [String], [Variable]
  ) {
    var parameters: [(label: String?, kind: Kind, hasDefault: Bool)] = []
    var written: [String] = []
    var locals: [Variable] = []
    for _ in 0..<(1 + random.next(2)) {
      let (kind, name) = (kind(0), name("a"))
      let label: String? = random.chance(50) ? name : nil
      let hasDefault = label != nil && random.chance(40)
      let value = hasDefault ? " = \(withoutVariables { $0.expression(kind, 0) })" : ""
      parameters.append((label, kind, hasDefault))
      written.append("\(label == nil ? "_ " : "")\(name): \(spelled(kind))\(value)")
      locals.append(Variable(name: name, kind: kind, isMutable: false))
    }
    return (parameters, written, locals)
  }

  mutating func withoutVariables<R>(_ body: (inout Self) -> R) -> R {
    let known = (variables, functions)
    (variables, functions) = ([], [])
    defer { (variables, functions) = known }
    return body(&self)
  }

  private mutating func declareFunction() {
    let (parameters, written, locals) = parameters()
    let result = kind()
    let name = name("f")
    block("func \(name)(\(written.joined(separator: ", "))) -> \(spelled(result))") {
      $0.variables += locals
      if $0.random.chance(50) { $0.statement(depth: 2) }
      $0.write("return \($0.expression(result))")
    }
    functions.append(Function(name: name, parameters: parameters, result: result))
  }

  private mutating func declareStructure() {
    var structure = Structure(name: name("S"), fields: [])
    let before = withoutVariables { generator in
      var fields: [(name: String, kind: Kind, isMutable: Bool, hasDefault: Bool)] = []
      generator.write("struct \(structure.name) {")
      generator.indent = "  "
      for _ in 0..<(1 + generator.random.next(3)) {
        let (kind, name) = (generator.kind(), generator.name("m"))
        let (isMutable, hasDefault) = (generator.random.chance(70), generator.random.chance(40))
        let value = hasDefault ? " = \(generator.expression(kind, 0))" : ""
        generator.write("\(isMutable ? "var" : "let") \(name): \(generator.spelled(kind))\(value)")
        // Swift initialises an optional variable with nil.
        var isOptional = false
        if case .optional = kind { isOptional = isMutable }
        fields.append((name, kind, isMutable, hasDefault || isOptional))
      }
      return fields
    }
    structure.fields = before
    let members = before.map { Variable(name: $0.name, kind: $0.kind, isMutable: $0.isMutable) }
    withoutVariables { generator in
      if generator.random.chance(70) {
        let (parameters, written, locals) = generator.parameters()
        generator.variables = members + locals
        let (name, result) = (generator.name("g"), generator.kind())
        generator.write(
          "func \(name)(\(written.joined(separator: ", "))) -> \(generator.spelled(result)) { \(generator.expression(result)) }"
        )
        structure.methods.append(Function(name: name, parameters: parameters, result: result))
      }
      if generator.random.chance(50), members.contains(where: \.isMutable) {
        let (parameters, written, locals) = generator.parameters()
        let name = generator.name("h")
        generator.write("mutating func \(name)(\(written.joined(separator: ", "))) {")
        generator.indent = "    "
        generator.variables = members + locals
        generator.change()
        generator.indent = "  "
        generator.write("}")
        structure.mutating.append(Function(name: name, parameters: parameters, result: .bool))
      }
    }
    indent = ""
    write("}")
    structures.append(structure)
  }
}

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
