/// What a notebook's last run gave, as data: `outputs.json` in its folder of results. Exports are made from it.
public struct RunOutputs: Codable, Sendable {
  /// One step: a cell that is run.
  public struct Step: Codable, Sendable {
    public enum Status: String, Codable, Sendable { case pending, ran, failed, skipped }

    /// The line of its opening fence.
    public var line: Int
    public var status: Status
    public var seconds: Double?
    /// `Figure 2`, for cells with a caption.
    public var captionLabel: String?
    /// What the report shows of it, captions included.
    public var blocks: [ReportBlock]

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

  /// Of the notebook's text; outputs of another text do not belong to it.
  public var notebookSHA256: String
  public var isFinished: Bool
  public var steps: [Step]
  /// The values of the prose's expressions as text, in the order of the file; `nil` where none was reached.
  public var values: [String?]

  public init(notebookSHA256: String, isFinished: Bool, steps: [Step], values: [String?]) {
    self.notebookSHA256 = notebookSHA256
    self.isFinished = isFinished
    self.steps = steps
    self.values = values
  }

  /// The step whose opening fence stands on a line.
  public func step(atLine line: Int) -> Step? { steps.first { $0.line == line } }
}
