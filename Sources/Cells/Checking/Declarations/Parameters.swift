internal import SwiftSyntax

/// Checks the parameters cell: top-level `let NAME = literal` bindings that can be overridden from outside.
extension CellChecker {
  mutating func parameters(
    _ items: CodeBlockItemListSyntax, _ overrides: [String: ParameterOverride], _ program: inout Program
  ) -> [CellParameter] {
    var out: [CellParameter] = []
    for item in items {
      guard case .decl(let declaration) = item.item, let node = declaration.as(VariableDeclSyntax.self),
        node.bindingSpecifier.tokenKind == .keyword(.let), !item.hasError
      else { continue }
      for binding in node.bindings {
        guard let token = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier,
          let literal = binding.initializer?.value, isLiteral(literal),
          let variable = globals.variables[token.text], case .global(let index) = variable.storage,
          let place = program.statements.firstIndex(where: { $0.binds(global: index) }),
          case .bind(let pattern, let expression) = program.statements[place],
          var value = expression.constantValue
        else { continue }
        var isOverridden = false
        if let given = overrides[token.text] {
          if let override = overrideValue(given, type: variable.type) {
            value = override
            isOverridden = true
            let constant = Expression(kind: .constant(override), type: variable.type, range: expression.range)
            program.statements[place] = .bind(pattern, constant)
          } else {
            let declared = range(literal)
            let (fault, type) = wrongPart(of: given, type: variable.type)
            report(
              ParameterProblem.wrongType(
                name: token.text, type: type, found: fault,
                isElement: fault.place != given.place,
                declared: given.place == nil ? nil : declared.start),
              at: fault.place ?? declared)
          }
        }
        out.append(
          CellParameter(
            name: token.text, type: variable.type, value: value, isOverridden: isOverridden,
            range: range(token),
            literal: literal.trimmedDescription.contains(where: \.isNewline) ? nil : range(literal)))
      }
    }
    return out
  }

  /// Whether an expression is a literal, with nothing to compute.
  private func isLiteral(_ node: ExprSyntax) -> Bool {
    switch node.as(ExprSyntaxEnum.self) {
    case .integerLiteralExpr, .floatLiteralExpr, .booleanLiteralExpr, .nilLiteralExpr: true
    case .stringLiteralExpr(let string): string.representedLiteralValue != nil
    case .prefixOperatorExpr(let prefix):
      prefix.operator.text == "-"
        && (prefix.expression.is(IntegerLiteralExprSyntax.self)
          || prefix.expression.is(FloatLiteralExprSyntax.self))
    case .arrayExpr(let array): array.elements.allSatisfy { isLiteral($0.expression) }
    case .dictionaryExpr(let dictionary):
      if case .elements(let elements) = dictionary.content {
        elements.allSatisfy { isLiteral($0.key) && isLiteral($0.value) }
      } else {
        true
      }
    case .tupleExpr(let tuple): tuple.elements.allSatisfy { isLiteral($0.expression) }
    default: false
    }
  }

  /// The first element of a list that has the wrong type, with the type that it should have; the value itself if it is
  /// not such a list.
  private func wrongPart(of given: ParameterOverride, type: CellType) -> (ParameterOverride, CellType) {
    guard case .list(let elements) = given.kind, case .array(let inner) = type.unwrapped,
      let wrong = elements.first(where: { overrideValue($0, type: inner) == nil })
    else { return (given, type) }
    return wrongPart(of: wrong, type: inner)
  }

  /// Converts an override's text to the parameter's type; quotes around a string are optional.
  private func overrideValue(_ given: ParameterOverride, type: CellType) -> Value? {
    let isString = type.unwrapped == .string
    switch given.kind {
    case .null: return type.wrapped == nil ? nil : .optional(nil)
    case .list, .number, .boolean: if isString { return nil }
    case .text: break
    }
    let text = isString ? given.text : Self.literal(given.text)
    if isString, !text.hasPrefix("\""), type.wrapped == nil || text != "nil" {
      var value = Value.string(text)
      var wrapping = type
      while let inner = wrapping.wrapped {
        value = .optional(value)
        wrapping = inner
      }
      return value
    }
    guard text.utf8.count <= 10_000, CellSyntax.bracketTooDeep(in: text) == nil else { return nil }
    let source = CellSource(text: text, file: "-p")
    var checker = CellChecker(catalogue: Catalogue(), globals: GlobalScope(), source: source)
    let syntax = CellSyntax(text)
    let items = Array(syntax.tree.statements)
    guard syntax.tooDeep == nil, !syntax.tree.hasError, items.count == 1,
      case .expr(let node) = items[0].item,
      isLiteral(node)
    else { return nil }
    let value = checker.check(node, as: type, for: .specified)
    guard !checker.hasErrors, let constant = value.constantValue else { return nil }
    return constant.isRepresentable(as: text) ? constant : nil
  }

  /// A number as Swift writes it: '.5' and '5.' get their zeros.
  private static func literal(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let digits = text.dropFirst(sign.count)
    guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), digits.count > 1,
      digits.count(where: { $0 == "." }) == 1
    else { return text }
    return sign + (digits.hasPrefix(".") ? "0" : "") + digits + (digits.hasSuffix(".") ? "0" : "")
  }
}

extension Value {
  /// Whether no number in the value overflowed to infinity, or to zero although its text has other digits.
  fileprivate func isRepresentable(as text: String) -> Bool {
    switch self {
    case .double(let x): x.isFinite && (x != 0 || text.isZero)
    case .float(let x): x.isFinite && (x != 0 || text.isZero)
    case .optional(let wrapped): wrapped?.isRepresentable(as: text) ?? true
    case .array(let elements): elements.allSatisfy { $0.isFinite }
    case .tuple(let elements, _): elements.allSatisfy { $0.isFinite }
    case .dictionary(let entries): (entries.keys + entries.values).allSatisfy { $0.isFinite }
    default: true
    }
  }

  private var isFinite: Bool {
    switch self {
    case .double(let x): x.isFinite
    case .float(let x): x.isFinite
    default: isRepresentable(as: "0")
    }
  }
}

extension String {
  /// Whether the number's digits before an exponent are all zero.
  fileprivate var isZero: Bool {
    !lowercased().prefix { $0 != "e" && $0 != "p" }.contains { $0.isHexDigit && $0 != "0" }
  }
}

extension Statement {
  func binds(global index: Int) -> Bool {
    if case .bind(.variable(.global(index)), _) = self { true } else { false }
  }
}
