/// Statements and declarations.
extension ProgramGenerator {
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

  mutating func declareVariable() {
    let kind = kind()
    let isMutable = random.chance(50)
    let value = expression(kind)
    let name = name("v")
    // A number literal alone would be an Int.
    let type = random.chance(60) || hasDouble(kind) ? ": \(spelled(kind))" : ""
    write("\(isMutable ? "var" : "let") \(name)\(type) = \(value)")
    variables.append(Variable(name: name, kind: kind, isMutable: isMutable))
  }

  func hasDouble(_ kind: Kind) -> Bool {
    switch kind {
    case .double: true
    case .pair(let a, let b): hasDouble(a) || hasDouble(b)
    default: false
    }
  }

  mutating func declareClosure() {
    let (a, b) = (kind(0), kind(0))
    let value = closure(a, b)
    let name = name("f")
    write("let \(name): \(spelled(.function(a, b))) = \(value)")
    variables.append(Variable(name: name, kind: .function(a, b), isMutable: false))
  }

  mutating func unwrap(_ depth: Int) {
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

  mutating func assign(_ kind: Kind, to place: String) {
    let value = expression(kind, 1)
    // Swift reports assigning a variable to itself.
    write(value == place ? "print(\(place))" : "\(place) = \(value)")
  }

  mutating func parameters() -> (
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

  mutating func declareFunction() {
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

  mutating func declareStructure() {
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
