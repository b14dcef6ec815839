import Neural

/// What is known of the names that cells declared, at some point of a run: their contents, not their values.
struct Knowledge {
  struct Known {
    /// `nil` where only running can tell.
    var digest: String?
    /// Numbers of the models in the value.
    var models: [Int] = []
    var isOpaque = false
    /// See ``ValueContent/hasState``.
    var hasState = false
    var text: String?
  }

  private(set) var names: [String: Known] = [:]
  /// ``Model/contentDigest`` by a model's number; `nil` where only running can tell.
  private var states: [Int: String?] = [:]
  /// Of all data that steps loaded.
  private(set) var dataDigests: Set<String> = []
  private var count = 0

  /// A fingerprint of a name's content: the value's with its models' weights. `nil` where it is not known.
  func fingerprint(of name: String) -> String? {
    guard let known = names[name], let digest = known.digest else { return nil }
    var text = digest
    for model in known.models {
      guard let state = states[model] ?? nil else { return nil }
      text += " \(state)"
    }
    return known.models.isEmpty ? digest : ValueContent.digest(of: text)
  }

  /// Where a model is found among these names.
  func place(of model: Int, among wanted: [String]) -> StepMemory.Place? {
    for name in wanted {
      if let index = names[name]?.models.firstIndex(of: model) { return .init(name: name, index: index) }
    }
    return nil
  }

  func model(at place: StepMemory.Place) -> Int? {
    guard let models = names[place.name]?.models, models.indices.contains(place.index) else { return nil }
    return models[place.index]
  }

  // MARK: Changes

  /// The numbers of the models that a memory speaks of.
  struct Applied {
    /// Of a name's value.
    var names: [String: [Int]] = [:]
    /// In the order of ``StepMemory/models``.
    var models: [Int] = []
  }

  /// After a step that was restored.
  @discardableResult
  mutating func apply(_ memory: StepMemory) -> Applied {
    var applied = Applied()
    var made: [Int: Int] = [:]
    // Places are those before the step: all are looked up before any name changes.
    var found: [StepMemory.Place: Int] = [:]
    for case .found(let place) in memory.names.flatMap(\.models) + memory.models.map(\.model) {
      found[place] = model(at: place)
    }
    func number(_ reference: StepMemory.ModelReference, _ count: inout Int) -> Int {
      switch reference {
      case .found(let place):
        if let known = found[place] { return known }
      case .made(let number):
        if let known = made[number] { return known }
      }
      count += 1
      if case .made(let number) = reference { made[number] = count }
      return count
    }
    for name in memory.names {
      let models = name.models.map { number($0, &count) }
      applied.names[name.name] = models
      names[name.name] = Known(
        digest: name.digest, models: models, isOpaque: name.isOpaque, hasState: name.hasState, text: name.text
      )
      dataDigests.formUnion(name.data)
    }
    for state in memory.models {
      let model = number(state.model, &count)
      applied.models.append(model)
      states[model] = .some(state.content)
    }
    return applied
  }

  /// What is known of these names alone.
  func only(_ wanted: Set<String>) -> Knowledge {
    var part = Knowledge()
    for name in wanted { part.names[name] = names[name] }
    return part
  }

  mutating func set(_ name: String, _ known: Known) { names[name] = known }

  mutating func newModel() -> Int {
    count += 1
    return count
  }

  mutating func set(state: String?, of model: Int) { states[model] = .some(state) }

  /// ``Model/contentDigest`` of a name's models, as far as it is known.
  func states(of name: String) -> [String] { (names[name]?.models ?? []).compactMap { states[$0] ?? nil } }

  func state(of model: Int) -> String? { states[model] ?? nil }

  /// Everything about a name that a step will make is open.
  mutating func forget(_ name: String) { names[name] = Known() }

  /// The weights of a name's models are open.
  mutating func forgetStates(of name: String) {
    for model in names[name]?.models ?? [] { states[model] = .some(nil) }
  }
}
