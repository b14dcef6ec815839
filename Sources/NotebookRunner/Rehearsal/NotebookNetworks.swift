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
