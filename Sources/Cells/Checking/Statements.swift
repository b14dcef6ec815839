internal import SwiftSyntax

import struct Diagnostics.FixIt

/// Checks statements, by kind of syntax.
extension CellChecker {
  mutating func statements(_ items: CodeBlockItemListSyntax) -> [Statement] {
    var out: [Statement] = []
    for item in items { out += statement(item) }
    return out
  }

  mutating func block(_ block: CodeBlockSyntax) -> [Statement] { inScope { $0.statements(block.statements) } }

  private mutating func statement(_ item: CodeBlockItemSyntax) -> [Statement] {
    guard descend(item) else { return [] }
    defer { depth -= 1 }
    if item.hasError {
      // The parser has reported the problem; declaring the names avoids follow-up errors.
      declareNames(in: item)
      return [.unchecked(effects(of: item))]
    }
    let known = diagnostics.count
    let checked: [Statement]
    switch item.item {
    case .decl(let declaration): checked = self.declaration(declaration)
    case .stmt(let statement): checked = self.statement(statement)
    case .expr(let expression): checked = self.statement(expression)
    @unknown default: checked = refuse(.newSyntax, item)
    }
    return diagnostics.count == known ? checked : withEffects(checked, of: item)
  }

  private mutating func statement(_ node: StmtSyntax) -> [Statement] {
    switch node.as(StmtSyntaxEnum.self) {
    case .expressionStmt(let statement): return self.statement(statement.expression)
    case .forStmt(let loop): return self.loop(loop)
    case .whileStmt(let loop): return self.loop(loop)
    case .repeatStmt(let loop): return self.loop(loop)
    case .guardStmt(let statement): return self.guardStatement(statement)
    case .returnStmt(let statement): return self.returnStatement(statement)
    case .breakStmt(let statement):
      return leaveLoop(statement, label: statement.label, .exitLoop, .breakOutsideLoop)
    case .continueStmt(let statement):
      return leaveLoop(statement, label: statement.label, .nextIteration, .continueOutsideLoop)
    case .doStmt: return refuse(.doStatements, node)
    case .throwStmt: return refuse(.throwing, node)
    case .deferStmt: return refuse(.deferStatements, node)
    case .labeledStmt: return refuse(.labels, node)
    case .fallThroughStmt:
      if functions[functions.count - 1].switches == 0 {
        report(SwitchProblem.fallthroughOutsideSwitch, at: node)
        return []
      }
      return refuse(.innerFallthrough, node)
    case .missingStmt: return []
    default:
      return refuse(
        Unsupported("'\(node.firstToken(viewMode: .sourceAccurate)?.text ?? "")' statements"), node)
    }
  }

  mutating func refuse(_ problem: Unsupported, _ node: some SyntaxProtocol) -> [Statement] {
    // The first word is enough to mark a long declaration.
    if let token = node.firstToken(viewMode: .sourceAccurate) {
      report(problem, at: token)
    } else {
      report(problem, at: node)
    }
    return []
  }

  // MARK: Expressions as statements

  private mutating func statement(_ node: ExprSyntax) -> [Statement] {
    if let branch = node.as(IfExprSyntax.self) { return self.branch(branch) }
    if let choice = node.as(SwitchExprSyntax.self) { return switchStatement(choice) }
    if let delegation = delegation(node) { return delegation }
    if let sequence = node.as(SequenceExprSyntax.self), isAssignment(node) {
      if builderProtocol != nil {
        report(StatementProblem.notInBuilder("an assignment"), at: node)
        return []
      }
      return assignment(sequence)
    }
    if let name = builderProtocol {
      let value = infer(node, hint: .any(name))
      if value.isInvalid { return [.emit(value)] }
      return [.emit(convert(value, to: .any(name), for: .argument, at: node))]
    }
    let value = settle(infer(node), at: node)
    noteDropped(value, at: node)
    return [.expression(value)]
  }

  func isAssignment(_ node: ExprSyntax) -> Bool {
    guard let sequence = node.as(SequenceExprSyntax.self), let op = sequence.elements.dropFirst().first else {
      return false
    }
    if op.is(AssignmentExprSyntax.self) { return true }
    guard let text = op.as(BinaryOperatorExprSyntax.self)?.operator.text, text.hasSuffix("=") else {
      return false
    }
    return Self.compoundOperators.contains(text)
  }

  private static let compoundOperators: Set<String> = [
    "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=",
  ]

  // MARK: if, guard

  private mutating func branch(_ node: IfExprSyntax) -> [Statement] {
    guard descend(node) else { return [] }
    defer { depth -= 1 }
    let (conditions, body) = inScope { checker in
      let conditions = checker.conditions(node.conditions)
      return (conditions, checker.block(node.body))
    }
    var otherwise: [Statement] = []
    switch node.elseBody {
    case .ifExpr(let next): otherwise = branch(next)
    case .codeBlock(let block): otherwise = self.block(block)
    case nil: break
    @unknown default: report(Unsupported.newSyntax, at: node)
    }
    return [.branch(conditions, then: body, otherwise: otherwise)]
  }

  private mutating func guardStatement(_ node: GuardStmtSyntax) -> [Statement] {
    if builderProtocol != nil {
      report(StatementProblem.notInBuilder("'guard'"), at: node.guardKeyword)
      return []
    }
    // The bound names belong to the enclosing block.
    let conditions = self.conditions(node.conditions)
    let known = diagnostics.count
    let body = block(node.body)
    if diagnostics.count == known, !Statement.alwaysLeaves(body, loops: true) {
      report(StatementProblem.guardFallsThrough, at: node.body.leftBrace)
    }
    return [.branch(conditions, then: [], otherwise: body)]
  }

  mutating func conditions(_ list: ConditionElementListSyntax) -> [Condition] {
    list.map { element -> Condition in
      switch element.condition {
      case .expression(let expression):
        return .expression(check(expression, as: .bool, for: .condition))
      case .optionalBinding(let binding):
        return optionalBinding(binding) ?? .expression(invalid(binding))
      case .matchingPattern(let condition):
        let wanted = condition.typeAnnotation.map { type($0.type) }
        let node = condition.initializer.value
        let value =
          wanted.map { check(node, as: $0, for: .specified) } ?? settle(infer(node), at: node)
        var names = PatternNames()
        return .match(pattern(condition.pattern, matching: value.type, &names), value)
      case .availability(let availability):
        report(Unsupported.macros, at: availability)
        return .expression(invalid(availability))
      @unknown default:
        report(Unsupported.newSyntax, at: element)
        return .expression(invalid(element))
      }
    }
  }

  /// Checks `if let x = y` and `if let x`.
  private mutating func optionalBinding(_ node: OptionalBindingConditionSyntax) -> Condition? {
    guard let name = node.pattern.as(IdentifierPatternSyntax.self)?.identifier else {
      report(Unsupported.patterns, at: node.pattern)
      return nil
    }
    let value: Expression
    if let initializer = node.initializer {
      value = infer(initializer.value, hint: node.typeAnnotation.map { .optional(type($0.type)) })
    } else {
      value = variable(named: name)
    }
    var wrapped = CellType.invalid
    if !value.isInvalid {
      if let inner = value.type.wrapped {
        wrapped = inner
      } else {
        report(
          TypeProblem.notOptional(value.type.settled, .condition),
          at: node.initializer.map { Syntax($0.value) } ?? Syntax(name))
      }
    }
    if let annotation = node.typeAnnotation {
      let written = type(annotation.type)
      if written != wrapped, !written.isInvalid, !wrapped.isInvalid {
        report(TypeProblem.mismatch(wrapped, written, .specified), at: annotation)
      }
    }
    let isMutable = node.bindingSpecifier.tokenKind == .keyword(.var)
    let reference = declare(name.text, type: wrapped, isMutable: isMutable, at: range(name))
    return .unwrap(value, into: reference)
  }

  /// The variable behind a bare name, as in `if let x`.
  private mutating func variable(named token: TokenSyntax) -> Expression {
    guard let variable = lookUp(token.text) else { return unknown(token.text, at: token) }
    return Expression(
      kind: .variable(resolve(variable, at: token), name: token.text), type: variable.type,
      range: range(token))
  }

  // MARK: Loops

  private mutating func loop(_ node: ForStmtSyntax) -> [Statement] {
    if node.tryKeyword != nil || node.awaitKeyword != nil { return refuse(.async, node) }
    let wanted = node.typeAnnotation.map { type($0.type) }
    let sequence = settle(infer(node.sequence, hint: wanted.map { .array($0) }), at: node.sequence)
    var element = CellType.invalid
    if !sequence.isInvalid {
      if let found = sequence.type.sequenceElement {
        element = found
      } else if sequence.type == .string {
        report(Unsupported("looping over a string's characters", plural: false), at: node.sequence)
      } else {
        report(TypeProblem.notASequence(sequence.type), at: node.sequence)
      }
    }
    if node.caseKeyword != nil {
      return inScope { $0.matchingLoop(node, over: sequence, element) }
    }
    return inScope { checker in
      let pattern = checker.bind(node.pattern, to: element, isMutable: false)
      let filter = node.whereClause.map { checker.check($0.condition, as: .bool, for: .condition) }
      let body = checker.inLoop { $0.block(node.body) }
      return [
        .loop(pattern, over: sequence, filter: filter, body: body, range: checker.range(node.forKeyword))
      ]
    }
  }

  /// Checks `for case let x? in list where x > 0`.
  private mutating func matchingLoop(_ node: ForStmtSyntax, over sequence: Expression, _ element: CellType)
    -> [Statement]
  {
    let whole = Reference.local(temporary())
    var names = PatternNames()
    let value = Expression(kind: .variable(whole, name: "()"), type: element, range: range(node.pattern))
    var conditions = [Condition.match(pattern(node.pattern, matching: element, &names), value)]
    if let clause = node.whereClause {
      conditions.append(.expression(check(clause.condition, as: .bool, for: .condition)))
    }
    let body = inLoop { $0.block(node.body) }
    return [
      .loop(
        .variable(whole), over: sequence, filter: nil,
        body: [.branch(conditions, then: body, otherwise: [])], range: range(node.forKeyword))
    ]
  }

  private mutating func loop(_ node: WhileStmtSyntax) -> [Statement] {
    if builderProtocol != nil {
      report(StatementProblem.notInBuilder("'while'"), at: node.whileKeyword)
      return []
    }
    return inScope { checker in
      let conditions = checker.conditions(node.conditions)
      let body = checker.inLoop { $0.block(node.body) }
      return [.whileLoop(conditions, body: body, checksAfter: false, range: checker.range(node.whileKeyword))]
    }
  }

  private mutating func loop(_ node: RepeatStmtSyntax) -> [Statement] {
    if builderProtocol != nil {
      report(StatementProblem.notInBuilder("'repeat'"), at: node.repeatKeyword)
      return []
    }
    let body = inLoop { $0.block(node.body) }
    let condition = check(node.condition, as: .bool, for: .condition)
    return [
      .whileLoop([.expression(condition)], body: body, checksAfter: true, range: range(node.repeatKeyword))
    ]
  }

  private mutating func inLoop<R>(_ body: (inout Self) -> R) -> R {
    functions[functions.count - 1].loops += 1
    defer { functions[functions.count - 1].loops -= 1 }
    return body(&self)
  }

  private mutating func leaveLoop(
    _ node: some SyntaxProtocol, label: TokenSyntax?, _ statement: Statement, _ problem: StatementProblem
  ) -> [Statement] {
    if let label {
      report(Unsupported.labels, at: label)
      return []
    }
    if builderProtocol != nil {
      report(StatementProblem.notInBuilder("'\(node.trimmedDescription)'"), at: node)
      return []
    }
    let context = functions[functions.count - 1]
    let isInside = context.loops > 0 || (context.switches > 0 && problem.isAboutBreak)
    if !isInside {
      report(problem, at: node)
      return []
    }
    return [statement]
  }

  // MARK: return

  private mutating func returnStatement(_ node: ReturnStmtSyntax) -> [Statement] {
    if builderProtocol != nil {
      report(StatementProblem.returnInBuilder, at: node)
      return []
    }
    let context = functions[functions.count - 1]
    if context.kind == .topLevel {
      report(StatementProblem.returnOutsideFunction, at: node)
      return []
    }
    guard let expression = node.expression else {
      if let result = context.result, result != .void, !result.isInvalid {
        report(StatementProblem.valueNotReturned, at: node)
      }
      if context.result == nil { functions[functions.count - 1].result = .void }
      return [.giveBack(nil)]
    }
    guard let result = context.result else {
      allowsConditional = true
      let value = settle(infer(expression), at: expression)
      functions[functions.count - 1].result = value.type
      return [.giveBack(value)]
    }
    if result == .void {
      if let receiver = context.receiver, receiver.isInitialiser, expression.is(NilLiteralExprSyntax.self),
        let structure = globals.structures[receiver.structure]
      {
        if !receiver.mayFail { report(TypeDeclarationProblem.nilFromInitialiser, at: node) }
        let none = Expression(
          kind: .constant(.optional(nil)), type: .optional(.structure(structure.type)),
          range: range(expression))
        return [.giveBack(none)]
      }
      let value = infer(expression)
      if value.isInvalid { return [.giveBack(nil)] }
      if value.type != .void { report(StatementProblem.valueReturnedFromVoid, at: expression) }
      return [.expression(value), .giveBack(nil)]
    }
    let purpose: Purpose = context.kind == .closure ? .closureResult : .returned
    allowsConditional = true
    return [returned(expression, as: result, for: purpose)]
  }

  /// Checks the value of a function; a call that never returns needs no value.
  mutating func returned(_ node: ExprSyntax, as type: CellType, for purpose: Purpose) -> Statement {
    let value = infer(node, hint: type)
    if value.type == .never, type != .never { return .expression(value) }
    return .giveBack(convert(value, to: type, for: purpose, at: node))
  }
}
