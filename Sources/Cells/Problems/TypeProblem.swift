/// The intended use of a value; it selects the message's wording.
enum Purpose: Sendable, Hashable {
  case specified, argument, element, key, value, assignment, returned, closureResult, condition, defaultValue,
    operand
  case coercion, index, initializer
}

/// Type mismatches.
enum TypeProblem: CellProblem {
  case mismatch(CellType, CellType, Purpose)
  case mustBeUnwrapped(CellType, to: CellType)
  case mustBeUnwrappedForMember(String, CellType)
  case nilMismatch(CellType, Purpose)
  case nilWithoutContext
  case integerOverflow(String, CellType)
  case integerAsCondition(String)
  case emptyCollection
  case mixedCollection
  case mixedTernary(CellType, CellType)
  case binaryOperands(String, CellType, CellType)
  case unaryOperand(String, CellType)
  case floatingRemainder
  case nonAssociative(group: String)
  case noContextForMember(String)
  case notOptional(CellType, Purpose)
  case notCallable(CellType)
  case notIndexable(CellType)
  case notASequence(CellType)
  case destructuring(CellType, count: Int)
  case missingConformance(String, CellType, Constraint)
  case noSynthesis(String, Constraint, property: String, CellType)
  case unresolvedGeneric(String)
  case memberIsFunction(String)
  case memberIsNotFunction(String)
  case redundantCoalescing(CellType)
  case assignmentInExpression
  case voidBinding(String)

  var code: String {
    switch self {
    case .mismatch, .nilMismatch, .integerAsCondition, .mustBeUnwrapped, .mustBeUnwrappedForMember:
      "type-mismatch"
    case .nilWithoutContext, .emptyCollection, .mixedCollection, .noContextForMember, .unresolvedGeneric:
      "ambiguous-type"
    case .integerOverflow: "literal-overflow"
    case .mixedTernary, .binaryOperands, .unaryOperand, .floatingRemainder, .nonAssociative: "operand-types"
    case .notOptional: "not-optional"
    case .notCallable, .memberIsNotFunction: "not-callable"
    case .notIndexable: "not-indexable"
    case .notASequence: "not-a-sequence"
    case .destructuring: "tuple-pattern"
    case .missingConformance, .noSynthesis: "missing-conformance"
    case .memberIsFunction: "member-is-function"
    case .redundantCoalescing: "redundant-coalescing"
    case .assignmentInExpression: "assignment-in-expression"
    case .voidBinding: "void-binding"
    }
  }

  var message: String {
    switch self {
    case .mismatch(let found, let wanted, let purpose): Self.mismatch(found, wanted, purpose)
    case .mustBeUnwrapped(let found, let wanted):
      "value of optional type '\(found)' must be unwrapped to a value of type '\(wanted)'"
    case .mustBeUnwrappedForMember(let member, let found):
      "value of optional type '\(found)' must be unwrapped to refer to member '\(member)' of wrapped base type "
        + "'\(found.wrapped ?? found)'"
    case .nilMismatch(let wanted, let purpose):
      switch purpose {
      case .specified: "'nil' cannot initialize specified type '\(wanted)'"
      case .assignment: "'nil' cannot be assigned to type '\(wanted)'"
      case .returned: "'nil' is incompatible with return type '\(wanted)'"
      case .closureResult: "'nil' is not compatible with closure result type '\(wanted)'"
      default: "'nil' is not compatible with expected \(Self.words(purpose)) type '\(wanted)'"
      }
    case .nilWithoutContext: "'nil' requires a contextual type"
    case .integerOverflow(let text, let type):
      "integer literal '\(text)' overflows when stored into '\(type)'"
    case .integerAsCondition(let text):
      "integer literal value '\(text)' cannot be used as a boolean; did you mean '\(text == "0" ? "false" : "true")'?"
    case .emptyCollection: "empty collection literal requires an explicit type"
    case .mixedCollection:
      "heterogeneous collection literal could only be inferred to '[Any]'; add explicit type annotation if this "
        + "is intentional"
    case .mixedTernary(let a, let b):
      "result values in '? :' expression have mismatching types '\(a)' and '\(b)'"
    case .binaryOperands(let name, let a, let b):
      a == b
        ? "binary operator '\(name)' cannot be applied to two '\(a)' operands"
        : "binary operator '\(name)' cannot be applied to operands of type '\(a)' and '\(b)'"
    case .unaryOperand(let name, let type):
      "unary operator '\(name)' cannot be applied to an operand of type '\(type)'"
    case .floatingRemainder:
      "'%' is unavailable: for floating point numbers use truncatingRemainder(dividingBy:) instead"
    case .nonAssociative(let group):
      "adjacent operators are in non-associative precedence group '\(group)'"
    case .noContextForMember(let name): "cannot infer contextual base in reference to member '\(name)'"
    case .notOptional(let type, let purpose):
      switch purpose {
      case .condition: "initializer for conditional binding must have Optional type, not '\(type)'"
      case .coercion: "cannot force unwrap value of non-optional type '\(type)'"
      default: "cannot use optional chaining on non-optional value of type '\(type)'"
      }
    case .notCallable(let type): "cannot call value of non-function type '\(type)'"
    case .notIndexable(let type): "value of type '\(type)' has no subscripts"
    case .notASequence(let type): "for-in loop requires '\(type)' to conform to 'Sequence'"
    case .destructuring(let type, let count):
      "cannot destructure '\(type)' into \(count) name\(count == 1 ? "" : "s")"
    case .missingConformance(let name, let type, let constraint):
      "'\(name)' requires that '\(type)' conform to '\(constraint.rawValue)'"
    case .noSynthesis(let name, let constraint, _, _):
      "type '\(name)' does not conform to protocol '\(constraint.rawValue)'"
    case .unresolvedGeneric(let name): "the types in the call to '\(name)' cannot be inferred"
    case .memberIsFunction(let name): "'\(name)' is a function; call it: '\(name)(…)'"
    case .memberIsNotFunction(let name): "'\(name)' is a value, not a function; it takes no arguments"
    case .redundantCoalescing(let type):
      "left side of nil coalescing operator '??' has non-optional type '\(type)', so the right side is never used"
    case .assignmentInExpression: "use of '=' inside an expression; did you mean '=='?"
    case .voidBinding(let name): "cannot initialize '\(name)': the expression has no value"
    }
  }

  var notes: [String] {
    switch self {
    case .mustBeUnwrapped:
      [
        "coalesce using '??' to provide a default when the optional value contains 'nil'",
        "force-unwrap using '!' to abort execution if the optional value contains 'nil'",
      ]
    case .mustBeUnwrappedForMember(let member, _):
      ["chain the optional using '?' to access member '\(member)' only for non-'nil' base values"]
    case .binaryOperands(_, .int, .double), .binaryOperands(_, .int, .float),
      .binaryOperands(_, .double, .int),
      .binaryOperands(_, .float, .int), .binaryOperands(_, .double, .float),
      .binaryOperands(_, .float, .double):
      ["numbers are not converted implicitly; write Int(…), Double(…) or Float(…) around one operand"]
    case .noSynthesis(_, let constraint, let property, let type):
      ["stored property '\(property)' is of type '\(type)', which is not '\(constraint.rawValue)'"]
    case .emptyCollection: ["for example, 'var losses: [Double] = []'"]
    case .mixedCollection:
      ["if the elements share a protocol, annotate the array's type: 'let list: [any Layer] = …'"]
    default: []
    }
  }

  private static func mismatch(_ found: CellType, _ wanted: CellType, _ purpose: Purpose) -> String {
    switch purpose {
    case .returned: "cannot convert return expression of type '\(found)' to return type '\(wanted)'"
    case .assignment: "cannot assign value of type '\(found)' to type '\(wanted)'"
    case .closureResult: "cannot convert value of type '\(found)' to closure result type '\(wanted)'"
    case .defaultValue: "default argument value of type '\(found)' cannot be converted to type '\(wanted)'"
    case .coercion: "cannot convert value of type '\(found)' to type '\(wanted)' in coercion"
    case .specified: "cannot convert value of type '\(found)' to specified type '\(wanted)'"
    default: "cannot convert value of type '\(found)' to expected \(words(purpose)) type '\(wanted)'"
    }
  }

  private static func words(_ purpose: Purpose) -> String {
    switch purpose {
    case .argument, .operand: "argument"
    case .element: "element"
    case .key: "dictionary key"
    case .value: "dictionary value"
    case .condition: "condition"
    case .index: "index"
    default: "value"
    }
  }
}
