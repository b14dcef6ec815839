/// Finds a model's names for the tensors of a file that was saved from a wrapped model, or from one whose layers have
/// other names.
///
/// PyTorch's `DataParallel` and `DistributedDataParallel` put `module.` in front of each name, and `torch.compile` puts
/// `_orig_mod.`, also for a part of a model: `features._orig_mod.0.weight`.
struct WeightNames {
  /// The wrappers' names, as components of a tensor's name.
  static let wrappers: Set<String> = ["module", "_orig_mod"]

  /// The model's names by the file's names, without those that are equal.
  private(set) var renamed: [String: String] = [:]
  /// The components that were removed, sorted.
  private(set) var removed: [String] = []
  private let replacements: NameReplacements

  /// Matches names.
  ///
  /// A name is changed only if the model does not have it, and the name without wrappers belongs to the model.
  ///
  /// - Parameter replacements: parts of names that are replaced first.
  /// - Throws: as `NameReplacements`.
  init(
    _ names: some Sequence<String>, model: Set<String>, _ replacements: [String: String] = [:]
  ) throws(CheckpointError.Fact) {
    let replaced = try NameReplacements(replacements, of: names)
    self.replacements = replaced
    let names = Set(names.map { replaced($0) })
    var found: Set<String> = []
    for name in names.sorted() where !model.contains(name) {
      let components = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      let wrappers = components.filter(Self.wrappers.contains)
      if wrappers.isEmpty { continue }
      let plain = components.filter { !Self.wrappers.contains($0) }.joined(separator: ".")
      // Two tensors for one parameter: neither is certain.
      guard model.contains(plain), !names.contains(plain), !renamed.values.contains(plain) else { continue }
      renamed[name] = plain
      found.formUnion(wrappers)
    }
    removed = found.sorted()
  }

  /// The model's name for a name of the file.
  func callAsFunction(_ name: String) -> String {
    let name = replacements(name)
    return renamed[name] ?? name
  }
}
