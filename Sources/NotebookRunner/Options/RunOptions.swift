import Foundation
import Neural
import Steps

/// The options of a run.
public struct RunOptions: Sendable {
  /// A parameter's value, as given by `-p name=value`.
  public struct Parameter: Sendable, Hashable {
    /// The parameter's name.
    public var name: String
    /// The value as text.
    public var value: String

    /// Creates a parameter.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }

    /// Parses `name=value`; without `=` the value is empty.
    public init(_ argument: String) {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      name = parts[0].trimmingCharacters(in: .whitespaces)
      value = parts.count > 1 ? String(parts[1]) : ""
    }
  }

  /// The notebook's path.
  public var notebook: String
  /// Parameter values given by `-p`.
  public var parameters: [Parameter]
  /// The paths of YAML parameter files, given by `-P`; `parameters` overrides them.
  public var parameterFiles: [String]
  /// The folder searched first for data sets.
  public var data: String?
  /// The results folder, for NAME.html and NAME/.
  public var output: String
  /// The random seed; `nil` uses the notebook's, or 0 if it has none.
  public var seed: UInt64?
  /// The number of threads; `nil` uses one per core, at most 64.
  public var threads: Int?
  /// The default numeric precision for training.
  public var precision: Precision
  /// Whether to ignore saved results and re-run everything.
  public var fresh: Bool
  /// How often to save training state, in batches; `nil` saves after each epoch and every 15 s.
  public var checkpointEvery: Int?
  /// The memory limit in bytes; `nil` uses 80% of this machine's memory.
  public var maxMemory: Int?

  var memoryLimit: MemoryLimit { maxMemory.map { MemoryLimit(bytes: $0) } ?? .ofMachine }

  /// The path of a style sheet for the report; `nil` uses the notebook's `theme`, if it has one.
  public var theme: String?
  /// Whether the report has no theme, whatever the notebook says.
  var ignoresTheme = false

  /// Whether to check and estimate only, without running.
  public var isDryRun: Bool
  /// The fingerprint of the code that computes the results; a test replaces it to simulate another build.
  var sourceFingerprint = SourceFingerprint.value
  /// The command as given, for the report's footer.
  public var command: [String]

  /// Creates options.
  public init(
    notebook: String, parameters: [Parameter] = [], parameterFiles: [String] = [], data: String? = nil,
    output: String = "output",
    seed: UInt64? = nil, threads: Int? = nil, precision: Precision = .float32, fresh: Bool = false,
    checkpointEvery: Int? = nil, maxMemory: Int? = nil, theme: String? = nil, isDryRun: Bool = false,
    command: [String] = []
  ) {
    self.notebook = notebook
    self.parameters = parameters
    self.parameterFiles = parameterFiles
    self.data = data
    self.output = output
    self.seed = seed
    self.threads = threads
    self.precision = precision
    self.fresh = fresh
    self.checkpointEvery = checkpointEvery
    self.maxMemory = maxMemory
    self.theme = theme
    self.isDryRun = isDryRun
    self.command = command
  }

  /// The default number of threads.
  static var allThreads: Int { min(64, ProcessInfo.processInfo.activeProcessorCount) }

  /// The notebook's name: `cifar10` for `notebooks/cifar10.md`.
  var name: String {
    let base = notebook.split(separator: "/").last.map(String.init) ?? notebook
    return base.hasSuffix(".md") && base.count > 3 ? String(base.dropLast(3)) : base
  }

  /// The notebook's folder, which relative paths in steps refer to.
  var directory: String {
    guard let slash = notebook.lastIndex(of: "/") else { return "." }
    return slash == notebook.startIndex ? "/" : String(notebook[..<slash])
  }
}
