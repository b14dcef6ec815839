import Foundation
import Neural
import Steps

/// What the command line asks of a run.
public struct RunOptions: Sendable {
  /// `-p name=value`.
  public struct Parameter: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }

    /// From `name=value`; without `=` the value is empty.
    public init(_ argument: String) {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      name = parts[0].trimmingCharacters(in: .whitespaces)
      value = parts.count > 1 ? String(parts[1]) : ""
    }
  }

  public var notebook: String
  public var parameters: [Parameter]
  /// `-P FILE`, YAML files of parameters; `parameters` win over them.
  public var parameterFiles: [String]
  /// The folder of data sets, searched first.
  public var data: String?
  /// The folder that gets NAME.html and NAME/.
  public var output: String
  /// `nil`: the notebook's, else 0.
  public var seed: UInt64?
  /// `nil`: as many as the machine has cores.
  public var threads: Int?
  /// What trainings are computed with unless they say otherwise.
  public var precision: Precision
  public var fresh: Bool
  /// A training's state is kept after every so many batches; `nil`: after epochs, and every 15 seconds.
  public var checkpointEvery: Int?
  /// Bytes that a run may need; `nil`: 80 % of the machine's.
  public var maxMemory: Int?

  var memoryLimit: MemoryLimit { maxMemory.map { MemoryLimit(bytes: $0) } ?? .ofMachine }

  /// Check and estimate, and stop there.
  public var isDryRun: Bool
  /// Of the code that makes the results; another one stands for another build.
  var sourceFingerprint = SourceFingerprint.value
  /// The command as given, for the report's footer.
  public var command: [String]

  public init(
    notebook: String, parameters: [Parameter] = [], parameterFiles: [String] = [], data: String? = nil,
    output: String = "output",
    seed: UInt64? = nil, threads: Int? = nil, precision: Precision = .float32, fresh: Bool = false,
    checkpointEvery: Int? = nil, maxMemory: Int? = nil, isDryRun: Bool = false, command: [String] = []
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
    self.isDryRun = isDryRun
    self.command = command
  }

  /// Where nothing else is asked for.
  static var allThreads: Int { min(64, ProcessInfo.processInfo.activeProcessorCount) }

  /// `cifar10` for `notebooks/cifar10.md`.
  var name: String {
    let base = notebook.split(separator: "/").last.map(String.init) ?? notebook
    return base.hasSuffix(".md") && base.count > 3 ? String(base.dropLast(3)) : base
  }

  /// The notebook's folder, where relative paths in steps start.
  var directory: String {
    guard let slash = notebook.lastIndex(of: "/") else { return "." }
    return slash == notebook.startIndex ? "/" : String(notebook[..<slash])
  }
}
