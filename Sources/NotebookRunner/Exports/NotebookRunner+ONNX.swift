import Neural
import Steps
import Support

extension NotebookRunner {
  /// Writes the network that the last run trained as an ONNX file, with the weights of its best or last epoch.
  static func exportONNX(_ options: ExportOptions) -> ExportOutcome {
    func failure(_ code: Int32, _ problem: String) -> ExportOutcome {
      ExportOutcome(exitCode: code, problems: [problem])
    }
    let destination = options.destination ?? "\(options.output)/\(options.name).onnx"
    if Paths.isDirectory(destination) {
      return failure(
        2, "\(destination): error: this is a folder; choose a file, for example \(options.name).onnx")
    }
    if let problem = ExportMark.problem(destination, options.format, notebook: options.notebook) {
      return failure(2, problem)
    }
    do {
      let trained = try TrainedNetwork(options)
      let export = try ONNXExport(
        trained.model, outline: trained.data, foldBatchNorm: options.network.foldBatchNorm)
      let folder = Paths.folder(of: destination)
      let source = Paths.relative(options.notebook, from: folder)
      try AtomicFile.createDirectory(folder)
      try AtomicFile.write(export.bytes(metadata: [ExportMark.metadataKey: source]), to: destination)
      return ExportOutcome(exitCode: 0, path: destination, notes: trained.notes)
    } catch let error as FileError {
      return failure(1, "error: \(error)")
    } catch {
      return failure(2, "error: \(error)")
    }
  }
}

/// A network that the last run of a notebook trained.
private struct TrainedNetwork {
  let model: Model
  /// The data of its first training; `nil` if it is not known without a run.
  let data: DataOutline?
  /// Remarks on what is not as it should be.
  private(set) var notes: [String] = []

  /// Reads a training's checkpoint into the network that the notebook builds with the run's parameters.
  ///
  /// Of several trainings, the last one of the model counts.
  init(_ options: ExportOptions) throws {
    let results = RunFolder(output: options.output, name: options.name)
    if let owner = results.owner.other(than: options.notebook) {
      throw NetworkProblem.otherNotebook(folder: results.directory, owner: owner)
    }
    guard let record = RunRecord(of: options) else {
      throw NetworkProblem.notRun(options.notebook, output: options.output)
    }
    if record.provenance.notebookSHA256 != RunProvenance.sha256(ofFile: options.notebook) {
      notes.append("the notebook changed after its last run; its network gets the weights of that run")
    }
    let name = options.network.model
    let checkpoints = Self.checkpoints(in: results, options.network.weights)
    guard let (path, checkpoint) = checkpoints.last(where: { name == nil || $0.1.metadata["model"] == name })
    else {
      let names = Set(checkpoints.compactMap { $0.1.metadata["model"] }).sorted()
      throw NetworkProblem.noWeights(name, names: names, folder: results.directory)
    }
    let run = RunOptions(
      notebook: options.notebook,
      parameters: record.parameters.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) },
      data: options.network.data, output: options.output)
    let found = NotebookRunner.networks(of: run)
    let candidates = found.networks.filter { $0.model.name == name ?? checkpoint.metadata["model"] }
    guard let first = candidates.first else {
      throw NetworkProblem.noModel(found.missing(name ?? checkpoint.metadata["model"]))
    }
    let outline = try CheckpointOutline(path: path)
    let network = candidates.first { (try? outline.check(fits: $0.model)) != nil } ?? first
    try checkpoint.restore(into: network.model)
    (model, data) = (network.model, network.data)
    if data == nil {
      notes.append(
        "the class names and the normalisation are left out: the notebook's data is not known without a run")
    } else if data?.dataset.table?.standardize == true {
      notes.append(
        "the scaling of the columns is left out; to write it, call save(model, to: \"net.onnx\", on: data) in the notebook"
      )
    }
  }

  /// The checkpoints of all trainings, in their order.
  private static func checkpoints(
    in results: RunFolder, _ weights: ExportOptions.Weights
  ) -> [(String, Checkpoint)] {
    var found: [(String, Checkpoint)] = []
    for number in 1... {
      let folder = number == 1 ? "checkpoints" : "checkpoints-\(number)"
      let path = "\(results.directory)/\(folder)/\(weights.rawValue).safetensors"
      guard let checkpoint = try? Checkpoint(path: path) else { return found }
      found.append((path, checkpoint))
    }
    return found
  }
}

/// The reason why a notebook's network cannot be exported.
private enum NetworkProblem: Error, CustomStringConvertible {
  case otherNotebook(folder: String, owner: String)
  case notRun(String, output: String)
  case noWeights(String?, names: [String], folder: String)
  case noModel(String)

  var description: String {
    switch self {
    case .otherNotebook(let folder, let owner):
      return "\(folder)/ has the results of \(owner); use another --output"
    case .notRun(let notebook, let output):
      let place = output == "output" ? [] : ["--output", output]
      return "the notebook has not been run, so there are no trained weights; run it: "
        + RunProvenance.quoted(["quire", "run", notebook] + place)
    case .noWeights(let name, let names, let folder):
      guard let name, !names.isEmpty else {
        return
          "\(folder)/ has no checkpoint of a training; to write a network that the notebook does not train, call "
          + "save(model, to: \"net.onnx\") in it"
      }
      return "the last run trained no model '\(name)'; it trained \(names.joined(separator: ", "))"
    case .noModel(let reason): return reason
    }
  }
}
