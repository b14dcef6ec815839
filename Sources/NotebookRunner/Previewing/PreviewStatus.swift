/// The state of a preview in words, for its tabs.
struct PreviewStatus: Encodable, Hashable {
  enum Phase: String, Encodable { case checking, running, stopping, idle }

  var phase: Phase
  /// Whether a save is being checked, also during a run.
  var isChecking: Bool
  /// The number of errors of the newest version.
  var errors: Int
  /// The warnings of the newest version, as the terminal prints them.
  var warnings: [String]
  /// Whether the newest code has not been run.
  var isEdited: Bool
  /// Whether saving the notebook runs it.
  var runsOnSave: Bool
  /// How the last run ended: `finished`, `failed` or `interrupted`; `running` during a run.
  var outcome: String?
  /// Something that went wrong in the preview itself.
  var note: String?
}
