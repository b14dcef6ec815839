/// Enums, `switch`, `if` and `switch` as expressions, and `inout`.
extension ProgramGenerator {
  // MARK: Enums

  mutating func declareEnumeration() {
    var cases: [(name: String, payload: Kind?)] = []
    for _ in 0..<(2 + random.next(3)) {
      cases.append((name("c"), random.chance(40) ? kind(0) : nil))
    }
    let name = name("E")
    let list = cases.map { one in one.name + (one.payload.map { "(\(spelled($0)))" } ?? "") }
    write("enum \(name) { case \(list.joined(separator: ", ")) }")
    enumerations.append(Enumeration(name: name, cases: cases))
  }

  mutating func enumerationCase(_ index: Int, _ depth: Int) -> String {
    let enumeration = enumerations[index]
    let one = random.pick(enumeration.cases)
    let payload = one.payload.map { "(\(expression($0, min(depth - 1, 1))))" } ?? ""
    return "\(enumeration.name).\(one.name)\(payload)"
  }

  // MARK: switch

  /// The patterns of a `switch` that handles every value, each with the variables that it binds.
  private mutating func patterns(for kind: Kind) -> [(text: String, bound: [Variable])] {
    func variable(_ name: String, _ kind: Kind) -> Variable {
      Variable(name: name, kind: kind, isMutable: false)
    }
    switch kind {
    case .int:
      let (low, name) = (random.next(5), name("b"))
      return [
        ("\(low)", []), ("\(low + 1)...\(low + 3)", []), (random.pick(["..<0", "9...", "-1, -2"]), []),
        ("let \(name) where \(name) > \(random.next(9))", [variable(name, .int)]), ("_", []),
      ]
    case .string:
      return [("\"a\", \"b\"", []), ("\"loss\"", []), ("\"c\"...\"z\"", [])] + [("_", [])]
    case .bool: return [("true", []), ("false", [])]
    case .optional(let wrapped):
      let name = name("b")
      return [("nil", []), ("let \(name)?", [variable(name, wrapped)])]
    case .pair(let a, let b):
      let (one, two) = (name("b"), name("b"))
      var list: [(text: String, bound: [Variable])] = []
      if a == .int { list.append(("(\(random.next(4)), let \(two))", [variable(two, b)])) }
      if a == .bool { list.append(("(true, _)", [])) }
      return list + [("let (\(one), \(two))", [variable(one, a), variable(two, b)])]
    case .enumeration(let index):
      return enumerations[index].cases.map { one in
        guard let payload = one.payload, random.chance(70) else { return (".\(one.name)", []) }
        let name = name("b")
        return (".\(one.name)(let \(name))", [variable(name, payload)])
      }
    default: return [("_", [])]
    }
  }

  private mutating func subject() -> Kind {
    let known = variables.map(\.kind).filter {
      switch $0 {
      case .optional, .enumeration, .pair: true
      default: false
      }
    }
    if !known.isEmpty, random.chance(50) { return random.pick(known) }
    return random.pick([.int, .int, .string, .bool])
  }

  mutating func switchStatement(_ depth: Int) {
    let kind = subject()
    // A literal subject would make the compiler warn about every case.
    write("switch \(expression(kind, 1)) {")
    for (text, bound) in patterns(for: kind) {
      let known = variables.count
      write("case \(text):")
      indent += "  "
      variables += bound
      statement(depth: depth + 2)
      if !bound.isEmpty { write("print(\(bound.map(\.name).joined(separator: ", ")))") }
      indent = String(indent.dropLast(2))
      variables.removeSubrange(known...)
    }
    write("}")
  }

  /// A variable whose value an `if` or `switch` gives.
  mutating func declareChosen() {
    let (kind, name) = (kind(), name("v"))
    if random.chance(40) {
      let (test, one, other) = (expression(.bool, 1), expression(kind, 1), expression(kind, 1))
      write("let \(name): \(spelled(kind)) = if \(test) { \(one) } else { \(other) }")
    } else {
      let subject = subject()
      write("let \(name): \(spelled(kind)) = switch \(expression(subject, 1)) {")
      for (text, bound) in patterns(for: subject) {
        let known = variables.count
        variables += bound
        write("case \(text): \(expression(kind, 1))")
        variables.removeSubrange(known...)
      }
      write("}")
    }
    variables.append(Variable(name: name, kind: kind, isMutable: false))
  }

  // MARK: inout

  mutating func declareChanger() {
    let (kind, parameter, name) = (kind(), name("a"), name("f"))
    withoutVariables { generator in
      generator.block("func \(name)(_ \(parameter): inout \(generator.spelled(kind)))") {
        $0.change(parameter, kind)
        if $0.random.chance(30) { $0.change(parameter, kind) }
      }
    }
    changers.append((name, kind))
  }

  mutating func callChanger() {
    for changer in changers {
      let fitting = variables.filter { $0.isMutable && $0.kind == changer.kind }
      if !fitting.isEmpty { write("\(changer.name)(&\(random.pick(fitting).name))") }
    }
  }
}
