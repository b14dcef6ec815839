internal import SwiftSyntax

/// Resolves written types.
extension CellChecker {
  static let plainTypes: [String: CellType] = [
    "Int": .int, "Double": .double, "Float": .float, "Bool": .bool, "String": .string, "Void": .void,
    "Substring": .substring, "CharacterSet": .named("CharacterSet"),
  ]
  static let genericTypes: Set<String> = ["Array", "Dictionary", "Optional", "Range", "ClosedRange", "Set"]
  private static let unsupportedTypes: Set<String> = [
    "Any", "AnyObject", "Character", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8",
    "UInt16",
    "UInt32", "UInt64", "Float16", "Float80", "Decimal", "Date", "URL", "Data", "Never", "Error", "Result",
    "Task",
    "Self", "Equatable", "Hashable", "Comparable", "Codable", "Numeric", "Sequence", "Collection", "Sendable",
    "CustomStringConvertible",
  ]

  /// The types, or the ways, to use in the place of unsupported types.
  private static let replacements: [String: String] = {
    var out: [String: String] = [
      "Any": "use a concrete type, or an enum with associated values", "AnyObject": "use a struct",
      "Character": "use 'String'", "Decimal": "use 'Double'", "Date": "use 'String'", "URL": "use 'String'",
      "Data": "use '[Int]'", "Error": "a failing call ends the cell with its error",
      "Result": "use an optional", "Task": "calls run one after the other", "Never": "leave the result out",
      "ArraySlice": "write Array(xs[a..<b]), which is an array", "Array": "write '[Int]'",
      "Dictionary": "write '[String: Int]'", "Set": "write 'Set<Int>'", "Optional": "write 'Int?'",
      "Range": "write 'Range<Int>'", "ClosedRange": "write 'ClosedRange<Int>'",
      "Sequence": "use an array", "Collection": "use an array", "ContiguousArray": "use an array",
      "Float16": "use 'Float'", "Float80": "use 'Double'",
    ]
    for name in ["Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64"] {
      out[name] = "use 'Int'"
    }
    return out
  }()

  /// The type with this name, or `nil` if there is none.
  func namedType(_ name: String) -> CellType? {
    Self.plainTypes[name] ?? globals.structures[name == "Self" ? ownType ?? name : name].map {
      .structure($0.type)
    }
      ?? catalogue.type(named: name)
  }

  mutating func type(_ node: TypeSyntax) -> CellType {
    guard descend(node) else { return .invalid }
    defer { depth -= 1 }
    switch node.as(TypeSyntaxEnum.self) {
    case .identifierType(let identifier): return type(identifier)
    case .arrayType(let array): return .array(type(array.element))
    case .dictionaryType(let dictionary):
      let key = type(dictionary.key)
      require(.hashable, of: key, named: "Dictionary", at: dictionary.key)
      return .dictionary(key, type(dictionary.value))
    case .optionalType(let optional): return .optional(type(optional.wrappedType))
    case .tupleType(let tuple):
      let elements = tuple.elements.map { element in
        TupleElement(element.firstName.map(\.text), type(element.type))
      }
      if elements.isEmpty { return .void }
      if elements.count == 1 { return elements[0].type }
      return .tuple(elements)
    case .functionType(let function):
      if function.effectSpecifiers != nil {
        report(Unsupported.throwing, at: function)
        return .invalid
      }
      let parameters = function.parameters.map { parameterType($0.type) }
      return .function(parameters, returns: type(function.returnClause.type))
    case .someOrAnyType(let existential):
      let constraint = type(existential.constraint)
      if case .any = constraint { return constraint }
      if !constraint.isInvalid {
        let name = constraint
        report(
          Unsupported("'some' or 'any' before '\(name)', which is not a protocol,", plural: false),
          at: existential)
        return .invalid
      }
      return constraint
    case .attributedType(let attributed):
      let names = attributed.attributes.compactMap {
        $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription
      }
      if let specifier = attributed.specifiers.first {
        report(CallProblem.inoutOutsideParameters(specifier.trimmedDescription), at: attributed)
        return .invalid
      }
      if names != ["escaping"] { report(Unsupported.attributes, at: attributed) }
      return type(attributed.baseType)
    case .missingType: return .invalid
    default:
      report(Unsupported.type(node.trimmedDescription), at: node)
      return .invalid
    }
  }

  /// The type of a parameter, which may be `inout`.
  mutating func parameterType(_ node: TypeSyntax) -> CellType {
    guard let attributed = node.as(AttributedTypeSyntax.self), let specifier = attributed.specifiers.first,
      attributed.specifiers.count == 1, specifier.trimmedDescription == "inout"
    else { return type(node) }
    if let attribute = attributed.attributes.first { report(Unsupported.attributes, at: attribute) }
    return .inOut(type(attributed.baseType))
  }

  private mutating func type(_ node: IdentifierTypeSyntax) -> CellType {
    let name = node.name.text
    let arguments = node.genericArgumentClause.map { clause in
      clause.arguments.compactMap { argument -> TypeSyntax? in
        if case .type(let type) = argument.argument { type } else { nil }
      }
    }
    if let arguments {
      let types = arguments.map { type($0) }
      if let made = generic(name, types, at: node) { return made }
      report(Unsupported.type(node.trimmedDescription, instead: Self.replacements[name]), at: node)
      return .invalid
    }
    if let type = namedType(name) { return type }
    if isUnclear(name) { return .invalid }
    if Self.unsupportedTypes.contains(name) || Self.genericTypes.contains(name) {
      report(Unsupported.type(name, instead: Self.replacements[name]), at: node)
      return .invalid
    }
    unknownType(name, at: node.name)
    return .invalid
  }

  mutating func unknownType(_ name: String, at node: TokenSyntax) {
    let suggestion = suggestion(
      for: name,
      among: Array(Self.plainTypes.keys.sorted()) + globals.structures.keys.sorted()
        + catalogue.names.filter { catalogue.type(named: $0) != nil })
    report(
      NameProblem.unknownType(name, suggestion: suggestion?.name), at: node,
      fixIts: rename(node, to: suggestion))
  }

  /// `Array<Int>` and similar types; `nil` if the name does not accept these arguments.
  mutating func generic(_ name: String, _ arguments: [CellType], at node: some SyntaxProtocol) -> CellType? {
    switch (name, arguments.count) {
    case ("Array", 1): return .array(arguments[0])
    case ("Optional", 1): return .optional(arguments[0])
    case ("Range", 1): return .range(arguments[0])
    case ("ClosedRange", 1): return .closedRange(arguments[0])
    case ("Set", 1):
      require(.hashable, of: arguments[0], named: "Set", at: node)
      return .set(arguments[0])
    case ("Dictionary", 2):
      require(.hashable, of: arguments[0], named: "Dictionary", at: node)
      return .dictionary(arguments[0], arguments[1])
    default: return nil
    }
  }

  /// The expression as a type, as in `[Int]()` or `Int.max`; `nil` if it is none.
  mutating func typeReference(_ node: ExprSyntax) -> CellType? {
    if let reference = node.as(DeclReferenceExprSyntax.self) {
      let name = reference.baseName.text
      // Instance members hide types of the same name, also where 'self' is not available yet.
      if let member = propertyOwner.flatMap({ globals.structures[$0]?.members[name] }), !member.isStatic {
        return nil
      }
      return lookUp(name) == nil && implicitMember(name) == nil ? namedType(name) : nil
    }
    if let array = node.as(ArrayExprSyntax.self), array.elements.count == 1,
      let element = array.elements.first
    {
      return typeReference(element.expression).map { .array($0) }
    }
    if let dictionary = node.as(DictionaryExprSyntax.self), case .elements(let elements) = dictionary.content,
      elements.count == 1, let element = elements.first, let key = typeReference(element.key),
      let value = typeReference(element.value)
    {
      return .dictionary(key, value)
    }
    if let optional = node.as(OptionalChainingExprSyntax.self) {
      return typeReference(optional.expression).map { .optional($0) }
    }
    if let generic = node.as(GenericSpecializationExprSyntax.self),
      let name = generic.expression.as(DeclReferenceExprSyntax.self)?.baseName.text
    {
      let arguments = generic.genericArgumentClause.arguments.compactMap { argument -> TypeSyntax? in
        if case .type(let type) = argument.argument { type } else { nil }
      }
      return self.generic(name, arguments.map { type($0) }, at: node)
    }
    return nil
  }

  /// Reports a type that lacks a conformance.
  mutating func require(
    _ constraint: Constraint, of type: CellType, named name: String, at node: some SyntaxProtocol
  ) {
    if !constraint.holds(for: type) {
      report(TypeProblem.missingConformance(name, type, constraint), at: node)
    }
  }
}
