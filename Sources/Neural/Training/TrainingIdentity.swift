import Formats

/// What a training is: trainings of one identity give the same bytes, as far as they get.
///
///     let identity = try TrainingIdentity(model, data, recipe, seed: 1)
///     identity?.digest   // 64 hexadecimal digits
///
/// Model with its present weights, data, optimizer, schedule, loss, clipping, seed, the precision and the
/// instructions it is computed with and the library's version belong to it. Threads, target, early stopping and
/// paths do not: they change no byte of an epoch. Neither does the number of epochs, unless the schedule's course
/// depends on it (``Schedule/dependsOnPlannedEpochs``).
public struct TrainingIdentity: Sendable, Hashable, Codable {
  /// SHA-256 in lower-case hexadecimal.
  public let digest: String
  /// The same without the number of epochs: equal to ``digest`` where they do not belong to it.
  public let family: String

  /// - Parameter salt: stands for a custom schedule's function, for example the text it is written as, with all
  ///   that the function reads.
  /// - Returns: `nil` for a custom schedule without `salt`: nothing tells its function from another.
  /// - Throws: `Digest.Unavailable`.
  public init?(_ model: Model, _ data: ImageData, _ recipe: TrainingRecipe, seed: UInt64, salt: String? = nil)
    throws
  {
    try self.init(
      model: model.contentDigest, data: data.contentDigest, recipe, seed: seed, salt: salt)
  }

  /// The same for a model and data that are known by their digests only.
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
