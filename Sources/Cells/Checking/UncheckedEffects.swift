internal import SwiftSyntax

/// Finds the possible effects of code with errors, so that a rehearsal can continue after it.
extension CellChecker {
  /// Adds the possible effects of a statement with errors to its checked parts.
  mutating func withEffects(_ checked: [Statement], of item: CodeBlockItemSyntax) -> [Statement] {
    switch item.item {
    case .decl(let declaration) where !declaration.is(VariableDeclSyntax.self):
      // Declarations have no effects, but code that uses an unsupported one is not at fault.
      if checked.isEmpty { noteUnclear(declaration) }
      return checked
    case .stmt, .decl, .expr:
      // Statements with bodies have recorded what happens inside.
      if checked.contains(where: \.hasBody) { return checked }
      return checked + [.unchecked(effects(of: item))]
    @unknown default: return checked
    }
  }

  /// Records the names of types that cells do not support, before functions and structs use them.
  mutating func noteUnsupportedTypes(_ items: CodeBlockItemListSyntax) {
    for item in items {
      guard case .decl(let declaration) = item.item else { continue }
      switch declaration.as(DeclSyntaxEnum.self) {
      case .classDecl, .actorDecl, .protocolDecl, .typeAliasDecl: noteUnclear(declaration)
      default: break
      }
    }
  }

  private mutating func noteUnclear(_ declaration: DeclSyntax) {
    let tokens = Array(declaration.tokens(viewMode: .sourceAccurate))
    guard let keyword = tokens.firstIndex(where: \.declaresNames) else { return }
    noteUnclear(tokens[keyword...].prefix(2))
  }

  /// Records the names that code with syntax errors seems to declare.
  mutating func noteUnclear(_ tokens: some Sequence<TokenSyntax>) {
    var isPattern = false
    var isExpected = false
    for token in tokens {
      switch token.tokenKind {
      case .identifier(let name) where isExpected:
        if lookUp(name) == nil { globals.unclear.insert(name) }
        isExpected = isPattern
      case .leftParen where isExpected: isPattern = true
      case .comma where isPattern: break
      default:
        isPattern = false
        isExpected = token.declaresNames
      }
    }
  }

  /// The possible effects of a statement, as far as its syntax shows them.
  mutating func effects(of item: CodeBlockItemSyntax) -> UncheckedCode {
    var code = UncheckedCode(range: range(item))
    if builderProtocol != nil, case .decl = item.item {} else { code.emits = builderProtocol != nil }
    var pending = [Syntax(item)]
    while let node = pending.popLast() {
      switch node.as(SyntaxEnum.self) {
      case .returnStmt: code.returns = true
      case .breakStmt, .continueStmt: code.exits = true
      case .sequenceExpr(let sequence) where isAssignment(ExprSyntax(sequence)):
        if let target = sequence.elements.first { change(target, &code) }
      case .inOutExpr(let argument): change(argument.expression, &code)
      case .functionCallExpr(let call): add(call, &code)
      default: break
      }
      pending += node.children(viewMode: .sourceAccurate).filter { !$0.is(TokenSyntax.self) }
    }
    return code
  }

  private mutating func add(_ call: FunctionCallExprSyntax, _ code: inout UncheckedCode) {
    if let member = call.calledExpression.as(MemberAccessExprSyntax.self) {
      code.rows.insert(member.declName.baseName.text)
      // The method may change its receiver.
      if let base = member.base { change(base, &code) }
    } else if let name = call.calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text {
      if lookUp(name) == nil { code.rows.insert(name) } else { code.callsFunctions = true }
    } else {
      code.callsFunctions = true
    }
  }

  /// Records that the variable in which a place lies may change.
  private mutating func change(_ place: ExprSyntax, _ code: inout UncheckedCode) {
    switch place.as(ExprSyntaxEnum.self) {
    case .declReferenceExpr(let reference):
      let name = reference.baseName.text
      guard name != "self", let variable = lookUp(name), variable.isMutable else { return }
      code.changed.insert(quietReference(to: variable))
    case .memberAccessExpr(let member): if let base = member.base { change(base, &code) }
    case .subscriptCallExpr(let call): change(call.calledExpression, &code)
    case .functionCallExpr(let call): change(call.calledExpression, &code)
    case .optionalChainingExpr(let optional): change(optional.expression, &code)
    case .forceUnwrapExpr(let unwrap): change(unwrap.expression, &code)
    case .tupleExpr(let tuple): for element in tuple.elements { change(element.expression, &code) }
    default: break
    }
  }

  /// Every variable of earlier cells that can change, for a cell that could not be parsed.
  var effectsOfUnreadableCell: UncheckedCode {
    var code = UncheckedCode(callsFunctions: true, range: lines.range(0, 1))
    for variable in globals.variables.values where variable.isMutable {
      if case .global(let index) = variable.storage { code.changed.insert(.global(index)) }
    }
    return code
  }

  /// The variable in the current function, without recording a use.
  private mutating func quietReference(to variable: Variable) -> Reference {
    switch variable.storage {
    case .global(let index): return .global(index)
    case .local(let slot, let level):
      var reference = Reference.local(slot)
      for inner in functions.indices where inner > level {
        reference = functions[inner].capture(variable, from: reference)
      }
      return reference
    }
  }
}

extension TokenSyntax {
  /// Whether a declared name follows this keyword.
  fileprivate var declaresNames: Bool {
    switch tokenKind {
    case .keyword(.let), .keyword(.var), .keyword(.func), .keyword(.struct), .keyword(.class),
      .keyword(.enum),
      .keyword(.actor), .keyword(.protocol), .keyword(.typealias):
      true
    default: false
    }
  }
}

extension Statement {
  /// Whether the statement contains other statements.
  fileprivate var hasBody: Bool {
    switch self {
    case .branch, .loop, .whileLoop, .block, .choose: true
    default: false
    }
  }
}
