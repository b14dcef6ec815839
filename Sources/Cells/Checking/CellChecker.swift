internal import SwiftSyntax

import struct Diagnostics.Diagnostic
import struct Diagnostics.FixIt
import struct Diagnostics.SourceLocation
import struct Diagnostics.SourceRange

/// The state while one cell is checked. Extensions handle the different kinds of syntax.
///
/// This is a value type: an ambiguous call is tried on a copy, and discarding the attempt is an assignment.
struct CellChecker {
  let catalogue: Catalogue
  let parsed: ParsedCells
  let lines: LineTable
  /// Globals with smaller numbers belong to earlier cells.
  let firstGlobal: Int
  var globals: GlobalScope

  var diagnostics: [Diagnostic] = []
  /// The enclosing functions, outermost first; the first is the top level.
  var functions = [FunctionContext(.topLevel, result: nil)]
  /// The enclosing blocks. The cell's own block is left out, since its names are globals.
  var scopes: [[String: Variable]] = []
  /// Inside a builder block, the protocol of the values that it collects.
  var builderProtocol: String?
  /// The optional links of the postfix chain being checked: `a?.b`.
  var chainLinks: [(local: Int, base: Expression)]?
  /// The cell's top-level functions, with the number of each one's global.
  var madeFunctions: [(global: Int, function: Function)] = []
  /// The type whose members are being declared or checked: `Self`.
  var ownType: String?
  /// The type whose property's initial value is being checked.
  var propertyOwner: String?
  /// The position of each initialiser among those of its type.
  var initialiserNumbers: [SyntaxIdentifier: Int] = [:]
  var definedNames: [String] = []
  var usedNames: Set<String> = []
  var mutatedNames: Set<String> = []
  var assignedNames: Set<String> = []
  var calledEntries: Set<String> = []
  var facts = CellFacts()
  /// The nesting depth of the expression or statement being checked.
  var depth = 0
  /// The number of enclosing calls that are not resolved yet.
  var speculation = 0
  var saidTooDeep = false
  /// Whether the next expression is called or passed on, so that it may be a parameter without `@escaping`.
  var allowsNonEscaping = false
  /// Whether the next expression may be an `if` or `switch`.
  var allowsConditional = false
  /// Whether struct members are being declared; code may then use later declarations.
  var isAnnouncing = false

  static let maximumDepth = 250
  static let maximumSpeculation = 3

  init(
    catalogue: Catalogue, globals: GlobalScope, source: CellSource, parsed: ParsedCells = ParsedCells()
  ) {
    self.catalogue = catalogue
    self.parsed = parsed
    self.globals = globals
    firstGlobal = globals.count
    lines = LineTable(source)
  }
}

// MARK: - Reporting

extension CellChecker {
  func range(_ node: some SyntaxProtocol) -> SourceRange { lines.range(node.textStart, node.textEnd) }

  func range(from first: some SyntaxProtocol, to last: some SyntaxProtocol) -> SourceRange {
    lines.range(first.textStart, last.textEnd)
  }

  mutating func report(
    _ problem: some CellProblem, at range: SourceRange, severity: Diagnostic.Severity = .error,
    fixIts: [FixIt] = []
  ) {
    diagnostics.append(
      Diagnostic(
        severity, problem.message, at: range, code: problem.code, notes: problem.notes, fixIts: fixIts))
  }

  mutating func report(_ problem: some CellProblem, at node: some SyntaxProtocol, fixIts: [FixIt] = []) {
    report(problem, at: range(node), fixIts: fixIts)
  }

  /// A fix-it that replaces a node's text; none if the node spans several lines.
  func replace(_ node: some SyntaxProtocol, with text: String, isCertain: Bool = false) -> [FixIt] {
    guard lines.isSingleLine(node.textStart, node.textEnd) else { return [] }
    return [
      FixIt(
        "replace '\(node.trimmedDescription)' with '\(text)'", range(node), text, isCertain: isCertain)
    ]
  }

  /// A fix-it that inserts a label before an argument, by replacing the argument's first character.
  func insertLabel(_ label: String, before node: some SyntaxProtocol, isCertain: Bool) -> [FixIt] {
    guard let first = node.trimmedDescription.first else { return [] }
    return [
      FixIt("insert '\(label):'", SourceRange(range(node).start), "\(label): \(first)", isCertain: isCertain)
    ]
  }

  func invalid(_ node: some SyntaxProtocol) -> Expression {
    Expression(kind: .invalid, type: .invalid, range: range(node))
  }

  /// An expression whose error was reported, without a value. A rehearsal still evaluates its parts.
  func faulty(_ parts: [Expression], at node: some SyntaxProtocol) -> Expression {
    Expression(kind: .faulty(unknown(after: parts, at: range(node))), type: .invalid, range: range(node))
  }

  /// An expression whose value is unknown, but which evaluates its parts.
  func unknown(after parts: [Expression], at range: SourceRange) -> Expression {
    let nothing = Expression(kind: .invalid, type: .invalid, range: range)
    return Expression(kind: .array(parts + [nothing]), type: .array(.anything), range: range)
  }

  /// Reports Swift that cells do not support.
  mutating func refuse(_ problem: Unsupported, at node: some SyntaxProtocol) -> Expression {
    report(problem, at: node)
    return invalid(node)
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Enters one more level of nesting. Returns `false`, and reports it once, if the code is nested too deeply.
  mutating func descend(_ node: some SyntaxProtocol) -> Bool {
    if depth >= Self.maximumDepth {
      if !saidTooDeep { report(StatementProblem.tooDeep, at: node) }
      saidTooDeep = true
      return false
    }
    depth += 1
    return true
  }
}

// MARK: - Names

extension CellChecker {
  var isGlobalScope: Bool { scopes.isEmpty && functions.count == 1 }

  /// Whether a broken part of this or an earlier cell may declare the name.
  func isUnclear(_ name: String) -> Bool { globals.unclear.contains(name) }

  func lookUp(_ name: String) -> Variable? {
    for scope in scopes.reversed() {
      if let variable = scope[name] { return variable }
    }
    if implicitMember(name) != nil { return nil }
    return globals.variables[name]
  }

  /// Resolves the variable in the current function and records its use.
  ///
  /// - Parameter use: how the variable is changed; `nil` if it is only read.
  mutating func resolve(_ variable: Variable, for use: PlaceUse? = nil, at node: some SyntaxProtocol)
    -> Reference
  {
    noteUse(of: variable, for: use, at: node)
    switch variable.storage {
    case .global(let index):
      if index < firstGlobal { usedNames.insert(variable.name) }
      return .global(index)
    case .local(let slot, let level):
      var reference = Reference.local(slot)
      for inner in functions.indices where inner > level {
        if functions[inner].isEscaping { requireEscaping(variable, at: node) }
        reference = functions[inner].capture(variable, from: reference)
      }
      return reference
    }
  }

  /// Reports a variable that an escaping closure cannot capture.
  private mutating func requireEscaping(_ variable: Variable, at node: some SyntaxProtocol) {
    if variable.isNonEscaping {
      report(CallProblem.escapingCapture("non-escaping parameter '\(variable.name)'"), at: node)
    } else if variable.name == "self", variable.isMutable {
      report(CallProblem.escapingCapture("mutating 'self' parameter"), at: node)
    } else if variable.isParameter, variable.isMutable {
      report(CallProblem.escapingCapture("'inout' parameter '\(variable.name)'"), at: node)
    }
  }

  /// Declares a name in the innermost block. A redeclaration is reported and replaces the first.
  mutating func declare(
    _ name: String, type: CellType, isMutable: Bool, isParameter: Bool = false,
    isNonEscaping: Bool = false, function: UserFunction? = nil,
    at range: SourceRange
  ) -> Reference {
    let known = scopes.last.map { $0[name] } ?? globals.variables[name]
    if let known, !known.type.isInvalid || !type.isInvalid {
      reportRedeclaration(name, known.location, at: range)
    } else if isGlobalScope, let structure = globals.structures[name] {
      reportRedeclaration(name, structure.location, at: range)
    }
    var variable = Variable(
      name: name, type: type, isMutable: isMutable, isParameter: isParameter, storage: .global(globals.count),
      location: range.start, function: function)
    variable.isNonEscaping = isNonEscaping
    if function == nil, !isParameter { noteDeclaration(variable, at: range) }
    if isGlobalScope {
      globals.count += 1
      globals.variables[name] = variable
      definedNames.append(name)
    } else {
      let level = functions.count - 1
      variable.storage = .local(functions[level].newLocal(), level: level)
      scopes[scopes.count - 1][name] = variable
    }
    return switch variable.storage {
    case .global(let index): .global(index)
    case .local(let slot, _): .local(slot)
    }
  }

  mutating func reportRedeclaration(_ name: String, _ place: SourceLocation, at range: SourceRange) {
    let first = place.file == range.start.file ? "line \(place.line), column \(place.column)" : "\(place)"
    report(NameProblem.redeclaration(name, first: first), at: range)
  }

  /// Allocates an unnamed local variable.
  mutating func temporary() -> Int { functions[functions.count - 1].newLocal() }

  mutating func inScope<R>(_ body: (inout Self) -> R) -> R {
    scopes.append([:])
    defer { scopes.removeLast() }
    return body(&self)
  }
}
