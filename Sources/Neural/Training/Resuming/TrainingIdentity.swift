import Support

/// Identifies a training run: runs with equal identities give equal bytes for the epochs that both have
/// finished.
///
///     let identity = try TrainingIdentity(model, data, recipe, seed: 1)
///     identity?.digest   // 64 hexadecimal digits
///
/// The identity depends on the model with its current weights and frozen parameters, data, optimizer, parameter groups,
/// schedule, loss, class weights, clipping, accumulation, averaging, seed, precision, instruction set and the fingerprint
/// of this library's sources. Threads, target, early stopping and
/// paths are not part of it: they change no byte of an epoch. The number of epochs is part of it only if the
/// schedule depends on it (``Schedule/dependsOnPlannedEpochs``).
public struct TrainingIdentity: Sendable, Hashable, Codable {
  /// SHA-256 in lower-case hexadecimal.
  public let digest: String
  /// The digest without the number of epochs; equals ``digest`` if the schedule does not depend on it.
  public let family: String

  /// Computes the identity of a training.
  ///
  /// - Parameters:
  ///   - model: the model with its current weights.
  ///   - data: the images, their batching and their augmentation.
  ///   - recipe: the recipe.
  ///   - seed: the training's seed.
  ///   - salt: identifies a custom schedule's function, for example its source text and everything that it reads.
  /// - Returns: `nil` for a custom schedule without `salt`, since its function cannot be identified.
  /// - Throws: `Digest.Unavailable`.
  public init?(_ model: Model, _ data: ImageData, _ recipe: TrainingRecipe, seed: UInt64, salt: String? = nil)
    throws
  {
    try self.init(
      model: model.contentDigest, data: data.contentDigest, recipe, seed: seed, salt: salt)
  }

  /// Computes the identity from the digests of model and data; otherwise as above.
  public init?(
    model: String, data: String, _ recipe: TrainingRecipe, seed: UInt64, salt: String? = nil
  ) throws {
    guard let schedule = recipe.schedule.contentDescription ?? salt.map({ "custom \($0)" }) else {
      return nil
    }
    let parts = [
      SourceFingerprint.value, InstructionSet.current.description, recipe.precision.supported.rawValue,
      "\(seed)",
      model, data, recipe.optimizer.contentDescription, schedule,
      recipe.loss.contentDescription, recipe.gradientClipping?.contentDescription ?? "",
      recipe.classWeights?.description ?? "",
      recipe.averaging?.contentDescription ?? "", recipe.decay.rawValue, JSON.text(recipe.groups),
      "\(recipe.accumulate)",
    ]
    func digest(_ parts: [String]) throws -> String {
      var digest = try Digest(.sha256)
      for part in parts { digest.update(field: part) }
      return digest.hex()
    }
    family = try digest(parts)
    self.digest =
      recipe.schedule.dependsOnPlannedEpochs ? try digest(parts + ["\(recipe.epochs)"]) : family
  }
}
