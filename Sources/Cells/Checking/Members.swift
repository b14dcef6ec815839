internal import SwiftSyntax

import struct Diagnostics.FixIt

/// Checks members: properties, tuple elements, static members and subscripts.
extension CellChecker {
  /// Checks a member that is not called.
  mutating func member(_ node: MemberAccessExprSyntax, hint: CellType?) -> Expression {
    let name = node.declName.baseName.text
    if isFunctionMember(node), let function = functionMember(node, hint: hint) { return function }
    if node.declName.argumentNames != nil { return refuse(.member(node.trimmedDescription), at: node) }
    guard let base = node.base else {
      if name == "none", hint?.wrapped != nil {
        return Expression(kind: .constant(.optional(nil)), type: .nilLiteral, range: range(node))
      }
      return staticMember(name, of: hint, node)
    }
    if let type = typeReference(base) {
      if name == "self" || name == "Type" { return refuse(.metatypes, at: node) }
      if name == "none", type.wrapped != nil {
        return Expression(kind: .constant(.optional(nil)), type: type, range: range(node))
      }
      return staticMember(name, of: type, node)
    }
    if name == "self" { return refuse(.selfValue, at: node) }
    let value = postfix(base, hint: nil)
    if value.isInvalid { return faulty([value], at: node) }
    if case .tuple(let elements) = value.type {
      guard let index = Self.elementIndex(name, in: elements) else {
        report(NameProblem.unknownTupleElement(name, of: value.type), at: node.declName)
        return invalid(node)
      }
      return Expression(kind: .element(value, index), type: elements[index].type, range: range(node))
    }
    let settled = settle(value, at: base)
    if let structure = structure(of: settled.type) {
      guard let member = structure.members[name] else {
        return unknownMember(name, of: settled.type, at: node.declName)
      }
      return property(name, member, of: settled, at: node.declName, range: node)
    }
    let entries = members(of: settled.type, named: name)
    if let property = entries.first(where: { $0.entry.kind == .property }) {
      note(property.entry)
      return Expression(
        kind: .callEntry(property.entry, [settled]), type: property.result, range: range(node))
    }
    if !entries.isEmpty {
      report(
        TypeProblem.memberIsFunction(name), at: node.declName, fixIts: call(node, entries.map(\.entry)))
      return invalid(node)
    }
    return unknownMember(name, of: settled.type, at: node.declName)
  }

  static func elementIndex(_ name: String, in elements: [TupleElement]) -> Int? {
    if let index = Int(name) { return elements.indices.contains(index) ? index : nil }
    return elements.firstIndex { $0.label == name }
  }

  /// Checks `.triangular` or `Mode.triangular`.
  private mutating func staticMember(_ name: String, of hint: CellType?, _ node: MemberAccessExprSyntax)
    -> Expression
  {
    guard let type = hint?.unwrapped, !type.hasVariables, type != .anything, type != .invalid else {
      if hint != .invalid { report(TypeProblem.noContextForMember(name), at: node) }
      return invalid(node)
    }
    if let structure = structure(of: type) {
      guard let member = structure.members[name] else {
        return unknownStaticMember(name, of: type, at: node.declName)
      }
      return staticProperty(name, member, of: structure.name, at: node.declName)
    }
    let entries = staticMembers(of: type, named: name)
    if let value = entries.first(where: { $0.kind == .staticValue }) {
      note(value)
      return Expression(kind: .callEntry(value, []), type: value.result, range: range(node))
    }
    if entries.isEmpty { return unknownStaticMember(name, of: type, at: node.declName) }
    report(TypeProblem.memberIsFunction(name), at: node.declName, fixIts: call(node, entries))
    return invalid(node)
  }

  /// A fix-it that adds `()` after a function's name, if it needs no arguments.
  private func call(_ node: MemberAccessExprSyntax, _ entries: [Entry]) -> [FixIt] {
    guard entries.allSatisfy({ $0.parameters.allSatisfy(\.hasDefault) }) else { return [] }
    let name = node.declName.baseName.text
    return replace(node.declName, with: "\(name)()", isCertain: true)
  }

  func staticMembers(of type: CellType, named name: String) -> [Entry] {
    let host = type.hostName.map { catalogue.members(of: $0, named: name) } ?? []
    return (host + StandardLibrary.staticMembers(of: type, named: name)).filter {
      $0.kind == .staticMember || $0.kind == .staticValue
    }
  }

  /// A member of a value, with its result type, which may depend on the receiver's.
  struct MemberCandidate {
    var entry: Entry
    var substitution: Substitution
    var result: CellType { substitution.applied(to: entry.result) }
  }

  func members(of type: CellType, named name: String) -> [MemberCandidate] {
    let host = type.hostName.map { catalogue.members(of: $0, named: name) } ?? []
    let hosts = host.filter { $0.kind == .property || $0.kind == .method }
      .map { MemberCandidate(entry: $0, substitution: Substitution()) }
    return hosts
      + StandardLibrary.members(named: name).compactMap { entry in
        var substitution = Substitution()
        guard let owner = entry.owner, owner.wrapped == nil || type.wrapped != nil,
          substitution.unify(owner, with: type, in: self)
        else { return nil }
        return MemberCandidate(entry: entry, substitution: substitution)
      }
  }

  mutating func unknownMember(_ name: String, of type: CellType, at node: some SyntaxProtocol) -> Expression {
    if let wrapped = type.wrapped,
      !members(of: wrapped, named: name).isEmpty || structure(of: wrapped)?.members[name] != nil
    {
      report(TypeProblem.mustBeUnwrappedForMember(name, type), at: node)
      return invalid(node)
    }
    let words = structure(of: type) == nil ? OtherMembers.words(on: name, of: type) : nil
    let isText = type == .string || type == .substring
    if isText, words?.isSwift ?? StandardLibrary.memberNames.contains(name) {
      let what =
        StandardLibrary.memberNames.contains(name) ? "'\(name)' of a string's characters" : "'\(name)'"
      return refuse(Unsupported(what, plural: false, instead: words?.instead), at: node)
    }
    if let words, words.isSwift { return refuse(.member(name, instead: words.instead), at: node) }
    let suggestion =
      words == nil
      ? self.suggestion(for: name, among: memberNames(of: type, like: name, at: Syntax(node))) : nil
    let foreign = words?.instead ?? foreignMember(name, of: type, suggestion: suggestion)
    report(
      NameProblem.unknownMember(name, of: type, suggestion: suggestion?.name, foreign: foreign), at: node,
      fixIts: foreign == nil ? rename(node, to: suggestion) : [])
    return invalid(node)
  }

  /// The members of a value that may be meant: methods if the name is called, properties if it is not. A name that
  /// differs only in case is meant in any case.
  private func memberNames(of type: CellType, like name: String, at node: Syntax) -> [String] {
    let isCalled = node.isCalledMember
    func isSame(_ other: String) -> Bool { other.lowercased() == name.lowercased() }
    func isFunction(_ type: CellType) -> Bool { if case .function = type.unwrapped { true } else { false } }
    let own = structure(of: type)
    let names =
      own?.members.filter { name, member in
        if member.isStatic { return false }
        let isMethod =
          switch member {
          case .method: true
          case .stored(let index): own?.properties[index].type.map(isFunction) ?? false
          default: false
          }
        return isMethod == isCalled || isSame(name)
      }.keys.sorted() ?? []
    let rows = (type.hostName.map(catalogue.memberNames(of:)) ?? []) + StandardLibrary.memberNames
    return names
      + rows.filter { row in
        members(of: type, named: row).contains {
          ($0.entry.kind == .method || isFunction($0.result)) == isCalled || isSame(row)
        }
      }
  }

  mutating func unknownStaticMember(_ name: String, of type: CellType, at node: some SyntaxProtocol)
    -> Expression
  {
    let names =
      (type.hostName.map(catalogue.memberNames(of:)) ?? []).filter {
        !staticMembers(of: type, named: $0).isEmpty
      }
      + (structure(of: type)?.members.filter(\.value.isStatic).keys.sorted() ?? [])
      + StandardLibrary.staticNames(of: type)
    let isCalled = Syntax(node).isCalledMember
    let suggestion = self.suggestion(
      for: name,
      among: names.filter { other in
        let rows = staticMembers(of: type, named: other)
        return other.lowercased() == name.lowercased() || rows.isEmpty
          || rows.contains { ($0.kind == .staticMember) == isCalled }
      })
    if suggestion == nil, name == "random", type.isNumeric || type == .bool {
      return refuse(.randomNumbers, at: node)
    }
    let owners = suggestion == nil ? owners(of: name) : []
    let foreign = owners.isEmpty ? foreignMember(name, of: type, suggestion: suggestion) : nil
    report(
      NameProblem.unknownStaticMember(
        name, of: type, suggestion: suggestion?.name, owners: owners, foreign: foreign),
      at: node, fixIts: foreign == nil ? rename(node, to: suggestion) : [])
    return invalid(node)
  }

  /// Other catalogue types with this static member.
  private func owners(of name: String) -> [String] {
    catalogue.rows.filter { $0.name == name && ($0.kind == .staticMember || $0.kind == .staticValue) }
      .compactMap { $0.owner?.hostName }
  }

  /// Records that the cell uses a catalogue row.
  mutating func note(_ entry: Entry) {
    if entry.group.isEmpty { return }
    calledEntries.insert(entry.qualifiedName)
  }

  // MARK: Subscripts

  /// Checks `list[i]`, `table["key"]` and `table["key", default: 0]`.
  mutating func element(_ node: SubscriptCallExprSyntax) -> Expression {
    let base = postfix(node.calledExpression, hint: nil)
    if base.isInvalid { return faulty([base], at: node) }
    guard let step = subscriptStep(node, of: base.type) else { return invalid(node) }
    switch step.step {
    case .index(let index):
      return Expression(kind: .index(base, index), type: step.type, range: range(node))
    case .key(let key, let fallback):
      return Expression(kind: .key(base, key, fallback: fallback), type: step.type, range: range(node))
    case .element: return invalid(node)
    }
  }

  /// The `...` of `xs[...]`, as the range of all positions.
  private func unboundedRange(_ node: ExprSyntax) -> Expression? {
    guard node.as(DeclReferenceExprSyntax.self)?.baseName.text == "..." else { return nil }
    let start = Expression(kind: .constant(.int(0)), type: .int, range: range(node))
    return Expression(
      kind: .partialRange(start, nil, isClosed: true), type: .sequence("PartialRangeFrom", .int),
      range: range(node))
  }

  /// The subscript's argument and result type; `nil` after reporting a problem.
  mutating func subscriptStep(
    _ node: SubscriptCallExprSyntax, of base: CellType
  ) -> (step: Place.Step, type: CellType)? {
    let arguments = Array(node.arguments)
    guard let first = arguments.first, first.label == nil, node.trailingClosure == nil else {
      report(TypeProblem.notIndexable(base), at: node)
      return nil
    }
    switch base {
    case .array(let element):
      let index = unboundedRange(first.expression) ?? infer(first.expression, hint: .int)
      if index.isInvalid { return nil }
      switch index.type {
      case .range, .closedRange:
        let type: CellType =
          index.type == .range(.int) || index.type == .range(.integerLiteral)
          ? .range(.int) : .closedRange(.int)
        let slice = convert(index, to: type, for: .index, at: first.expression)
        return (.index(slice), .sequence("ArraySlice", element))
      case .sequence(let name, _) where name.hasPrefix("PartialRange"):
        let slice = convert(index, to: .sequence(name, .int), for: .index, at: first.expression)
        return (.index(slice), .sequence("ArraySlice", element))
      default:
        if arguments.count > 1 { break }
        return (.index(convert(index, to: .int, for: .index, at: first.expression)), element)
      }
    case .dictionary(let key, let value):
      let index = check(first.expression, as: key, for: .key)
      if arguments.count == 1 { return (.key(index, fallback: nil), .optional(value)) }
      if arguments.count == 2, arguments[1].label?.text == "default" {
        return (.key(index, fallback: check(arguments[1].expression, as: value, for: .value)), value)
      }
    case .string:
      report(Unsupported.stringIndex, at: node)
      return nil
    case .optional(let wrapped):
      report(TypeProblem.mustBeUnwrapped(base, to: wrapped), at: node.calledExpression)
      return nil
    default: break
    }
    report(TypeProblem.notIndexable(base), at: node)
    return nil
  }
}

extension Syntax {
  /// Whether this is the name of a member that is called: `last` in `xs.last(where: f)`.
  fileprivate var isCalledMember: Bool {
    guard let member = parent?.as(MemberAccessExprSyntax.self),
      let call = member.parent?.as(FunctionCallExprSyntax.self)
    else { return false }
    return call.calledExpression.id == member.id
  }
}
