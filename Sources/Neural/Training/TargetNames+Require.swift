extension TargetNames {
  /// - Parameters:
  ///   - kind: the kind of target.
  ///   - purpose: names what needs this kind of target, for the message: `a confusion matrix`.
  /// - Throws: ``TrainingError`` if the targets are of the other kind.
  public func require(_ kind: TargetKind, for purpose: String) throws {
    if self.kind != kind { throw TrainingError(.needs(kind, purpose: purpose)) }
  }
}
