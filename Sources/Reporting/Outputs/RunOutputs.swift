/// The results of a notebook's last run as data: `outputs.json` in its output folder. Exports are made from it.
public struct RunOutputs: Codable, Sendable {
  /// A step: a cell that runs.
  public struct Step: Codable, Sendable {
    /// The outcome of a step.
    public enum Status: String, Codable, Sendable { case pending, ran, failed, skipped }

    /// The line of its opening fence, counted from 1.
    public var line: Int
    /// The outcome.
    public var status: Status
    /// The duration in seconds; `nil` if the step did not run.
    public var seconds: Double?
    /// The label of the figure or table, for cells with a caption, for example `Figure 2`.
    public var captionLabel: String?
    /// The step's results as shown in the report, with captions.
    public var blocks: [ReportBlock]

    /// Creates a step.
    public init(
      line: Int, status: Status, seconds: Double?, captionLabel: String?, blocks: [ReportBlock]
    ) {
      self.line = line
      self.status = status
      self.seconds = seconds
      self.captionLabel = captionLabel
      self.blocks = blocks
    }
  }

  /// The SHA-256 of the notebook's text. The outputs are invalid for any other text.
  public var notebookSHA256: String
  /// Whether the run finished.
  public var isFinished: Bool
  /// The steps, in file order.
  public var steps: [Step]
  /// The values of inline expressions as text, in file order; `nil` for those not evaluated.
  public var values: [String?]

  /// Creates outputs.
  public init(notebookSHA256: String, isFinished: Bool, steps: [Step], values: [String?]) {
    self.notebookSHA256 = notebookSHA256
    self.isFinished = isFinished
    self.steps = steps
    self.values = values
  }

  /// The step whose opening fence is on this line.
  public func step(atLine line: Int) -> Step? { steps.first { $0.line == line } }
}
