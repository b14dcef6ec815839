/// Something that can be called with arguments: a catalogue row, or a function declared in a cell.
struct Callable {
  enum Receiver {
    case none
    case value(Expression)
    case place(Place)
  }
  enum Target {
    case entry(Entry, Receiver)
    case value(Expression)
    /// A struct's method.
    case method(Expression, Receiver)
    /// A struct's memberwise initialiser, with the property that each parameter initialises.
    case structure(Structure, [Int])
    /// A case of an enum.
    case enumeration(EnumerationValue)
  }

  var name: String
  var parameters: [ParameterInfo]
  /// Defaults that are computed at each call, by the parameters' order; empty for rows, whose defaults are values.
  var computedDefaults: [Expression?] = []
  var result: CellType
  var target: Target
  /// The declaration, for notes; `nil` for rows, which provide their own.
  var declaration: String?
  var requirements: [String: Constraint] = [:]
  /// Generic parameters fixed by the receiver.
  var substitution = Substitution()
}

extension Callable {
  var signature: String {
    if let declaration { return declaration }
    if case .entry(let entry, _) = target { return entry.signature }
    return name
  }

  /// Whether a function passed for this parameter may be called after the call has returned.
  func keeps(_ parameter: ParameterInfo) -> Bool {
    guard case .function = parameter.type else { return true }
    if case .entry(let entry, _) = target { return !entry.group.isEmpty }
    return parameter.isEscaping
  }

  init(_ entry: Entry, receiver: Receiver = .none, substitution: Substitution = Substitution()) {
    self.init(
      name: entry.name, parameters: entry.parameters, result: entry.result, target: .entry(entry, receiver),
      requirements: entry.traits.requirements, substitution: substitution)
  }

  init(_ candidate: CellChecker.MemberCandidate, receiver: Receiver) {
    self.init(candidate.entry, receiver: receiver, substitution: candidate.substitution)
  }
}
