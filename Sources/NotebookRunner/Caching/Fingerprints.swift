import Neural

/// Fingerprints of the names' contents at some point of a run, without their values.
struct Fingerprints {
  struct Known {
    /// The digest of the value; `nil` if only running can tell.
    var digest: String?
    /// The numbers of the models in the value.
    var models: [Int] = []
    var isOpaque = false
    /// See ``ValueContent/hasState``.
    var hasState = false
    var text: String?
  }

  private(set) var names: [String: Known] = [:]
  /// ``Model/contentDigest`` by model number; `nil` if only running can tell.
  private var states: [Int: String?] = [:]
  /// The digests of all data that steps have loaded.
  private(set) var dataDigests: Set<String> = []
  private var count = 0

  /// A fingerprint of a name's content: its value and the weights of its models. `nil` if unknown.
  func fingerprint(of name: String) -> String? {
    guard let known = names[name], let digest = known.digest else { return nil }
    var text = digest
    for model in known.models {
      guard let state = states[model] ?? nil else { return nil }
      text += " \(state)"
    }
    return known.models.isEmpty ? digest : ValueContent.digest(of: text)
  }

  /// The place of a model in the values of these names.
  func place(of model: Int, among wanted: [String]) -> CachedStep.Place? {
    for name in wanted {
      if let index = names[name]?.models.firstIndex(of: model) { return .init(name: name, index: index) }
    }
    return nil
  }

  func model(at place: CachedStep.Place) -> Int? {
    guard let models = names[place.name]?.models, models.indices.contains(place.index) else { return nil }
    return models[place.index]
  }

  // MARK: Changes

  /// The model numbers that a cached step refers to.
  struct Applied {
    /// The model numbers in each name's value.
    var names: [String: [Int]] = [:]
    /// The model numbers in the order of ``CachedStep/models``.
    var models: [Int] = []
  }

  /// Updates the fingerprints after a step that was restored.
  @discardableResult
  mutating func apply(_ step: CachedStep) -> Applied {
    var applied = Applied()
    var made: [Int: Int] = [:]
    // Places refer to the state before the step: look all of them up before changing a name.
    var found: [CachedStep.Place: Int] = [:]
    for case .found(let place) in step.names.flatMap(\.models) + step.models.map(\.model) {
      found[place] = model(at: place)
    }
    func number(_ reference: CachedStep.ModelReference, _ count: inout Int) -> Int {
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
    for name in step.names {
      let models = name.models.map { number($0, &count) }
      applied.names[name.name] = models
      names[name.name] = Known(
        digest: name.digest, models: models, isOpaque: name.isOpaque, hasState: name.hasState, text: name.text
      )
      dataDigests.formUnion(name.data)
    }
    for state in step.models {
      let model = number(state.model, &count)
      applied.models.append(model)
      states[model] = .some(state.content)
    }
    return applied
  }

  /// The fingerprints of these names only.
  func only(_ wanted: Set<String>) -> Fingerprints {
    var part = Fingerprints()
    for name in wanted { part.names[name] = names[name] }
    return part
  }

  mutating func set(_ name: String, _ known: Known) { names[name] = known }

  mutating func newModel() -> Int {
    count += 1
    return count
  }

  mutating func set(state: String?, of model: Int) { states[model] = .some(state) }

  /// ``Model/contentDigest`` of a name's models, as far as known.
  func states(of name: String) -> [String] { (names[name]?.models ?? []).compactMap { states[$0] ?? nil } }

  func state(of model: Int) -> String? { states[model] ?? nil }

  /// Makes a name unknown, because a step will create it.
  mutating func forget(_ name: String) { names[name] = Known() }

  /// Makes the weights of a name's models unknown.
  mutating func forgetStates(of name: String) {
    for model in names[name]?.models ?? [] { states[model] = .some(nil) }
  }
}
