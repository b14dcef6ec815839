/// Expressions of a chosen type.
extension ProgramGenerator {
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
  mutating func fromElsewhere(_ kind: Kind, _ depth: Int) -> String? {
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

  mutating func call(_ function: Function, _ depth: Int) -> String {
    var arguments: [String] = []
    for parameter in function.parameters where !(parameter.hasDefault && random.chance(50)) {
      let value = expression(parameter.kind, depth)
      arguments.append(parameter.label.map { "\($0): \(value)" } ?? value)
    }
    return "\(function.name)(\(arguments.joined(separator: ", ")))"
  }

  mutating func int(_ depth: Int) -> String {
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

  mutating func double(_ depth: Int) -> String {
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
  mutating func floating() -> String {
    let known = variables.filter { $0.kind == .double }
    return known.isEmpty || random.chance(30) ? "Double(\(expression(.int, 0)))" : random.pick(known).name
  }

  mutating func string(_ depth: Int) -> String {
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

  mutating func bool(_ depth: Int) -> String {
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

  mutating func array(_ element: Kind, _ depth: Int) -> String {
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

  mutating func optional(_ wrapped: Kind, _ depth: Int) -> String {
    switch random.next(4) {
    case 0 where wrapped == .int: return "\(array(.int, 0)).max()"
    case 1: return "\(array(wrapped, depth)).first"
    case 2 where wrapped == .int: return "Int(\(expression(.string, 0)))"
    default:
      let value = expression(wrapped, depth - 1)
      return wrapped == .double ? "(\(value) as Double?)" : "Optional(\(value))"
    }
  }

  mutating func closure(_ parameter: Kind, _ result: Kind) -> String {
    let known = variables
    defer { variables = known }
    let name = name("p")
    variables.append(Variable(name: name, kind: parameter, isMutable: false))
    return "{ \(name) in \(expression(result, 1)) }"
  }

  mutating func made(_ index: Int, _ depth: Int) -> String {
    let structure = structures[index]
    var arguments: [String] = []
    for field in structure.fields where !(field.hasDefault && (!field.isMutable || random.chance(50))) {
      arguments.append("\(field.name): \(expression(field.kind, min(depth - 1, 1)))")
    }
    return "\(structure.name)(\(arguments.joined(separator: ", ")))"
  }
}
