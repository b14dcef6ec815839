import Diagnostics
import Documents
import Neural
import Steps

/// The networks that a notebook builds, found without running it or reading images.
public struct NotebookNetworks: Sendable {
  /// The networks, in the order in which the notebook builds them.
  public let networks: [NetworkOutline]
  /// The notebook's problems.
  public let report: CheckReport

  /// The first network, or the first one with this name; `nil` if there is none.
  public func network(named name: String?) -> NetworkOutline? {
    networks.first { name == nil || $0.model.name == name }
  }

  /// The error for a name that no network has, or for a notebook without networks.
  public func missing(_ name: String?) -> String {
    var names: [String] = []
    for network in networks where !names.contains(network.model.name) { names.append(network.model.name) }
    guard let name, !names.isEmpty else {
      return "the notebook builds no model that is known before it runs; call buildModel in a cell"
    }
    return "the notebook has no model '\(name)'; its models are \(names.joined(separator: ", "))"
  }
}

extension NotebookRunner {
  /// Finds the networks that a notebook builds.
  ///
  /// Missing data is no error; batch sizes and augmentations are then unknown.
  public static func networks(of options: RunOptions) -> NotebookNetworks {
    let (document, found) = DocumentReader.read(path: options.notebook)
    guard let document else {
      return NotebookNetworks(
        networks: [], report: CheckReport(notebook: options.notebook, source: nil, problems: found))
    }
    let notebook = CheckedNotebook(document, found: found, catalogue: .quire(.idle), given: options.given)
    let settings = RunSettings(options, document, RunFolder(output: options.output, name: options.name))
    func rehearsal(isDataUnknown: Bool) -> NotebookRehearsal {
      NotebookRehearsal(notebook, settings: settings, isDataUnknown: isDataUnknown)
    }
    var rehearsed = rehearsal(isDataUnknown: false)
    if rehearsed.problems.contains(where: { $0.severity == .error }) {
      rehearsed = rehearsal(isDataUnknown: true)
    }
    let report = CheckReport(
      notebook: options.notebook, source: document.source,
      problems: (notebook.problems + rehearsed.problems).inSourceOrder(), sources: notebook.sources)
    return NotebookNetworks(networks: rehearsed.networks, report: report)
  }
}
