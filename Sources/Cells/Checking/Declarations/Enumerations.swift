internal import SwiftSyntax

/// Checks the cases of enums, and uses of them.
extension CellChecker {
  // MARK: Declaring

  /// Declares the cases of an enum; the names of all types of the cell are known.
  mutating func announceCases(_ node: TypeNode) {
    let name = node.name.text
    guard var structure = globals.structures[name], !node.hasError else { return }
    var rawValues: [Value] = []
    for element in node.cases {
      var one = Structure.Case(name: element.name.text, index: structure.cases.count)
      if let clause = element.parameterClause {
        if structure.rawType != nil { report(TypeDeclarationProblem.rawTypeWithArguments, at: clause) }
        one.defaults = clause.parameters.map { parameter in
          parameter.defaultValue.map { invalid($0.value) }
        }
        one.payload = clause.parameters.map { parameter in
          let label = parameter.firstName.map(\.text).flatMap { $0 == "_" ? nil : $0 }
          return TupleElement(label, type(parameter.type))
        }
      }
      one.raw = rawValue(element, structure, rawValues)
      if let value = one.raw {
        if rawValues.contains(where: { $0.isEqual(to: value) }) {
          report(
            TypeDeclarationProblem.repeatedRawValue,
            at: element.rawValue.map { Syntax($0.value) } ?? Syntax(element.name))
        }
        rawValues.append(value)
      }
      if structure.members[one.name] != nil {
        report(NameProblem.memberRedeclaration(one.name), at: element.name)
        continue
      }
      structure.members[one.name] = .enumerationCase(one.index)
      structure.cases.append(one)
    }
    if structure.rawType != nil, structure.cases.isEmpty {
      report(TypeDeclarationProblem.noCasesWithRawType, at: node.name)
    }
    if structure.rawType != nil { addSynthesised(.raw, "rawValue", to: &structure) }
    if structure.isCaseIterable { addSynthesised(.allCases, "allCases", to: &structure) }
    globals.structures[name] = structure
  }

  private func addSynthesised(_ member: Structure.Member, _ name: String, to structure: inout Structure) {
    if structure.members[name] == nil { structure.members[name] = member }
  }

  /// The raw value of a case: the literal, or the value that follows from the name or the case before it.
  private mutating func rawValue(
    _ node: EnumCaseElementSyntax, _ structure: Structure, _ earlier: [Value]
  ) -> Value? {
    guard let type = structure.rawType else {
      if let value = node.rawValue { report(TypeDeclarationProblem.rawValueWithoutType, at: value.value) }
      return nil
    }
    guard let literal = node.rawValue?.value else {
      switch (type, earlier.last) {
      case (.string, _): return .string(node.name.text)
      case (.int, nil): return .int(0)
      case (.double, nil): return .double(0)
      case (.int, .int(let last)?) where last < .max: return .int(last + 1)
      case (.double, .double(let last)?) where last == last.rounded(): return .double(last + 1)
      default:
        report(TypeDeclarationProblem.rawValueMissing(type), at: node.name)
        return nil
      }
    }
    let value = infer(literal, hint: type)
    if value.isInvalid { return nil }
    guard let constant = converted(value, to: type) else {
      report(TypeDeclarationProblem.rawValueType(value.type.settled, type), at: literal)
      return nil
    }
    guard let found = constant.constantValue else {
      report(TypeDeclarationProblem.rawValueNotLiteral, at: literal)
      return nil
    }
    return found
  }

  /// Checks the defaults of associated values.
  mutating func readDefaults(ofCases node: TypeNode) {
    let name = node.name.text
    for element in node.cases {
      guard let index = globals.structures[name]?.enumerationCase(named: element.name.text)?.index else {
        continue
      }
      for (position, parameter) in (element.parameterClause?.parameters ?? []).enumerated() {
        guard let value = parameter.defaultValue?.value,
          let type = globals.structures[name]?.cases[index].payload[position].type
        else { continue }
        let expression = defaultExpression(value, type, for: .defaultValue)
        globals.structures[name]?.cases[index].defaults[position] = expression
      }
    }
  }

  // MARK: Using

  /// Checks `Mode.train` and `.train`.
  mutating func enumerationValue(
    _ index: Int, of structure: Structure, at node: some SyntaxProtocol
  ) -> Expression {
    noteUse(structure)
    let one = structure.cases[index]
    guard one.payload.isEmpty else {
      report(TypeProblem.memberIsFunction(one.name), at: node)
      return Expression(kind: .invalid, type: .structure(structure.type), range: range(node))
    }
    return Expression(
      kind: .constant(.enumeration(structure.value(of: one))), type: .structure(structure.type),
      range: range(node))
  }

  /// Checks `Mode.step(size: 3)`.
  mutating func callCase(
    _ index: Int, of structure: Structure, _ member: MemberAccessExprSyntax, _ node: FunctionCallExprSyntax,
    hint: CellType?
  ) -> Expression {
    noteUse(structure)
    let one = structure.cases[index]
    let type = CellType.structure(structure.type)
    if one.payload.isEmpty {
      report(TypeDeclarationProblem.noArguments(one.name), at: member.declName)
      return Expression(kind: .invalid, type: type, range: range(node))
    }
    return call([callable(ofCase: index, structure)], node, hint: hint)
  }

  /// A case with associated values, as a function.
  func callable(ofCase index: Int, _ structure: Structure) -> Callable {
    let one = structure.cases[index]
    let parameters = one.payload.enumerated().map { index, element in
      var info = ParameterInfo(
        label: element.label, name: element.label ?? "value\(index + 1)", type: element.type)
      info.isEscaping = true
      info.hasComputedDefault = one.defaults[index] != nil
      return info
    }
    let labels = parameters.map(\.declaration).joined(separator: ", ")
    return Callable(
      name: one.name, parameters: parameters, computedDefaults: one.defaults,
      result: .structure(structure.type), target: .enumeration(structure.value(of: one)),
      declaration: "\(structure.name).\(one.name)(\(labels))")
  }

  /// The rows of an enum with raw values: `Mode(rawValue:)` and `rawValue`.
  func rawValueRows(of structure: Structure) -> (initialiser: Entry, property: Entry)? {
    guard let type = structure.rawType else { return nil }
    let own = CellType.structure(structure.type)
    let cases = structure.cases.compactMap { one in
      one.raw.map { (raw: $0, value: Value.enumeration(structure.value(of: one))) }
    }
    let initialiser = Entry.library(
      .initialiser, structure.name, [.labelled("rawValue", type)], returns: .optional(own)
    ) { v in
      let raw = try v.value(0)
      return .optional(cases.first { $0.raw.isEqual(to: raw) }?.value)
    }
    let property = Entry.library(.property, "rawValue", on: own, returns: type) { v in
      guard case .enumeration(let value) = try v.value(0), cases.indices.contains(value.index) else {
        throw HostMismatch(what: "the receiver", expected: own)
      }
      return cases[value.index].raw
    }
    return (initialiser, property)
  }

  /// `Mode.allCases`.
  func allCases(of structure: Structure, at node: some SyntaxProtocol) -> Expression {
    let type = CellType.structure(structure.type)
    let values = structure.cases.map { Value.enumeration(structure.value(of: $0)) }
    return Expression(kind: .constant(.array(values)), type: .array(type), range: range(node))
  }
}

extension Structure {
  /// A value of a case, without associated values.
  func value(of one: Case) -> EnumerationValue {
    EnumerationValue(type: name, name: one.name, index: one.index, labels: one.payload.map(\.label))
  }
}
