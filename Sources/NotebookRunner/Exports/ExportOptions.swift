/// The options of an export.
public struct ExportOptions: Sendable {
  /// The formats that a notebook can be exported to.
  public enum Format: String, Sendable, CaseIterable {
    /// A Swift package, a Jupyter notebook or a Markdown page.
    case swift, ipynb, markdown
    /// The report of the last run, printed.
    case pdf
    /// The network that the last run trained.
    case onnx
  }

  /// The epoch of a training whose weights are exported.
  public enum Weights: String, Sendable, CaseIterable {
    /// The best epoch on the images that the training was evaluated on.
    case best
    /// The last epoch.
    case last
  }

  /// The options of an export to ONNX.
  public struct Network: Sendable {
    /// The model's name; `nil` takes the one that was trained last.
    public var model: String?
    /// The epoch.
    public var weights: Weights
    /// Whether convolutions and linear layers compute the batch normalisations that follow them.
    public var foldBatchNorm: Bool
    /// The folder searched first for data sets, which give the class names.
    public var data: String?

    /// Creates options.
    public init(
      model: String? = nil, weights: Weights = .best, foldBatchNorm: Bool = false, data: String? = nil
    ) {
      self.model = model
      self.weights = weights
      self.foldBatchNorm = foldBatchNorm
      self.data = data
    }
  }

  /// The notebook's path.
  public var notebook: String
  /// The format.
  public var format: Format
  /// A folder for `swift`, otherwise a file; `nil` uses a path in the output folder named after the notebook.
  public var destination: String?
  /// The output folder with the results of runs.
  public var output: String
  /// The source of the Swift package's Quire dependency: a folder or a Git URL; `nil` uses the checkout that built
  /// this program.
  public var library: String?
  /// The options for ONNX.
  public var network: Network

  /// Creates options.
  public init(
    notebook: String, format: Format, destination: String? = nil, output: String = "output",
    library: String? = nil, network: Network = Network()
  ) {
    self.notebook = notebook
    self.format = format
    self.destination = destination
    self.output = output
    self.library = library
    self.network = network
  }

  var name: String { RunOptions(notebook: notebook).name }
}

/// The outcome of an export or import.
public struct ExportOutcome: Sendable {
  /// 0 success; 1 writing failed; 2 there was nothing to write.
  public var exitCode: Int32
  /// The file or folder written, the one to open first.
  public var path: String?
  /// Rendered problems.
  public var problems: [String] = []
  /// Remarks for the user.
  public var notes: [String] = []
}
