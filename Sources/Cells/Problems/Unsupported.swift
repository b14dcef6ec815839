/// A Swift feature that cells do not support, with the nearest supported alternative.
struct Unsupported: CellProblem {
  /// The feature's name, in the plural or with an article, as the sentence needs it.
  let what: String
  let isPlural: Bool
  let instead: String?

  init(_ what: String, plural: Bool = true, instead: String? = nil) {
    self.what = what
    isPlural = plural
    self.instead = instead
  }

  var code: String { "unsupported" }
  var message: String { "\(what) \(isPlural ? "are" : "is") not supported in cells" }
  var notes: [String] { instead.map { [$0] } ?? [] }

  static let classes = Self("classes", instead: "use a struct")
  static let innerTypes = Self(
    "structs and enums inside functions, blocks and other types",
    instead: "declare the type at the top level of a cell")
  static let genericTypes = Self("generic types", instead: "use concrete types")
  static let conformances = Self(
    "protocols other than 'Equatable', 'Hashable', 'Comparable', 'Sendable' and, for enums, 'CaseIterable'",
    instead: "remove the conformance: all values can be printed")
  static let extensionConformances = Self(
    "conformances of extensions", instead: "write the protocol where the type is declared")
  static let staticVariables = Self(
    "static variables", instead: "use 'static let', or a 'var' outside the struct")
  static let setters = Self("setters", instead: "write a mutating method")
  static let observers = Self(
    "'willSet' and 'didSet'", instead: "write a mutating method that sets the property and does the rest")
  static func takenTypeName(_ name: String) -> Self {
    Self("a type with the name of an existing type, '\(name)',", plural: false, instead: "rename it")
  }
  static let protocols = Self("protocols")
  static let extensions = Self(
    "extensions of types that cells do not declare", instead: "write a function that takes the value")
  static let actors = Self("actors")
  static let imports = Self(
    "imports", instead: "remove the import: everything that 'quire describe' lists is available")
  static let typealiases = Self("type aliases", instead: "use the type itself")
  /// Syntax of a Swift version that is newer than this checker.
  static let newSyntax = Self("this kind of syntax", plural: false)
  static let macros = Self("macros and '#' directives")
  static let doStatements = Self(
    "'do' statements", instead: "remove 'do': a failing call ends the cell with its error")
  static let deferStatements = Self("'defer' statements")
  static let throwing = Self(
    "'throw', 'try' and 'catch'",
    instead: "call the function directly: if the call fails, the cell ends with the error"
  )
  static let async = Self("'async' and 'await'", instead: "remove the keyword: calls run one after the other")
  static let generics = Self("generic functions", instead: "use concrete types")
  static let attributes = Self("attributes")
  static func modifier(_ name: String) -> Self {
    let instead =
      switch name {
      case "lazy": "give it its value at once"
      case "final", "open", "override", "required", "convenience", "dynamic":
        "remove it: structs have no subclasses"
      case "weak", "unowned": "remove it: values are copied"
      case "static", "class": "remove it: at the top level, there is one of each"
      case "mutating", "nonmutating": "remove it: only methods of structs and enums change 'self'"
      default: "remove it"
      }
    return Self("'\(name)' here", plural: false, instead: instead)
  }
  static let labels = Self("labelled statements", instead: "put the loops in a function and 'return'")
  static let patterns = Self("patterns of this kind", instead: "use 'if case' or 'switch'")
  static let innerFallthrough = Self(
    "'fallthrough' before the end of a case", plural: false, instead: "make it the last statement of the case"
  )
  static let payloadTuples = Self(
    "matching several associated values as a tuple", plural: false,
    instead: "write one pattern for each value")
  static let inoutParts = Self(
    "passing two parts of one variable as 'inout' arguments", plural: false,
    instead: "copy one of them to a variable first")
  static let freeOperators = Self(
    "operator functions outside types", instead: "write 'static func' in the struct or enum")
  static func ownEquality(isHashable: Bool) -> Self {
    isHashable
      ? Self(
        "a custom '==' of a hashable type", plural: false,
        instead: "remove it: 'Hashable' compares all properties")
      : Self("a custom '!='", plural: false, instead: "remove it: '!=' is the opposite of '=='")
  }
  static func comparisonByOwnEquality(_ what: String) -> Self {
    Self(
      "\(what) of values that contain a custom '=='", plural: false,
      instead: "compare them with '==' one by one, for example in 'contains { $0 == x }'")
  }
  static func ownOrder(_ what: String) -> Self {
    Self(
      "\(what) of values with an order of their own", plural: false,
      instead: "compare them with '<' in a loop")
  }
  static let computed = Self("computed variables and observers", instead: "write a function")
  static let casts = Self("'is', 'as?' and 'as!'", instead: "convert with Int(x), Double(x) or String(x)")
  static let keyPaths = Self("key paths", instead: "write a closure: { $0.accuracy }")
  static let regexes = Self("regular expressions")
  static let captureLists = Self(
    "capture lists", instead: "remove the list: closures capture variables by reference")
  static let metatypes = Self("types as values")
  static let overloads = Self("functions with the same name", instead: "rename one of them")
  static let selfValue = Self("'.self'", plural: false)
  static let superValue = Self("'super'", plural: false)
  static let stringIndex = Self("indexing strings", plural: false)
  static let forcedAssignment = Self(
    "assigning through an optional", plural: false, instead: "unwrap it first: 'if var x = y { … }'")
  static let wrappingOperators = Self("overflow operators such as '&+'")
  static let arrayOptionals = Self("implicit conversion of arrays of optionals", plural: false)
  static let lateDefault = Self(
    "omitting an argument of a function that is declared later", plural: false,
    instead: "declare the function first, or pass the argument")
  static let randomNumbers = Self(
    "random numbers", instead: "runs must be reproducible; Quire derives all random numbers from the seed")
  static func type(_ name: String, instead: String? = nil) -> Self {
    Self("type '\(name)'", plural: false, instead: instead)
  }
  static func member(_ name: String, instead: String? = nil) -> Self {
    Self("'\(name)'", plural: false, instead: instead)
  }
  /// A method that Swift has for a string's characters, called with a closure.
  static func characters(_ name: String) -> Self {
    Self(
      "'\(name)' of a string's characters", plural: false,
      instead: name == "split"
        ? "write split(separator: \",\")" : "'split', 'prefix' and 'contains' take texts")
  }
}
