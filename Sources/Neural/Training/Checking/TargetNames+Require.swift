extension TargetNames {
  /// Checks that the targets are of a kind.
  ///
  /// - Parameters:
  ///   - kind: the required kind of target.
  ///   - purpose: the operation that needs it, for the error message, for example `a confusion matrix`.
  /// - Throws: ``TrainingError`` if the targets are of the other kind.
  public func require(_ kind: TargetKind, for purpose: String) throws {
    if self.kind != kind { throw TrainingError(.needs(kind, purpose: purpose)) }
  }
}
