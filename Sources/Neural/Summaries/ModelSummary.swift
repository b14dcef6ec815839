import Support

/// The table that torchsummary 1.5.1 prints for a model, row for row.
///
/// There is one row per module call, children before their wrapper. Containers (Block, Sequential) and layers that
/// PyTorch users call as functions (Flatten, LogSoftmax, Softmax) have no row. Sizes are for one image, with 1 MB =
/// 2²⁰ bytes; the forward/backward size counts every row's output twice.
///
///     print(ModelSummary(model).text)
public struct ModelSummary: Sendable {
  /// A row of the table.
  public struct Row: Sendable, Hashable {
    /// The class name and position, for example `Conv2d-1`.
    public var name: String
    /// The shape of the output.
    public var output: Shape
    /// The number of parameters.
    public var parameters: Int
    /// The name of the outermost block that the layer is in; `nil` if it is in none.
    public var block: String?
  }

  /// The rows, in order.
  public let rows: [Row]
  /// The shape of the model's input.
  public let input: Shape
  /// The number of parameters.
  public let totalParameters: Int
  /// The number of parameters that are not frozen.
  public let trainableParameters: Int

  /// Summarises a model.
  public init(_ model: Model) { self.init(model.graph, frozen: model.frozen) }

  /// Summarises a graph; the parameters with the names in `frozen` are not trained.
  public init(_ graph: ModelGraph, frozen: Set<String> = []) {
    input = graph.input
    var rows: [Row] = []
    var firstOfLayer = 0
    for module in graph.modules {
      if module.hasRow {
        rows.append(
          Row(
            name: "\(module.typeName)-\(rows.count + 1)", output: module.output,
            parameters: module.parameters.reduce(0) { $0 + ($1.isTrained ? $1.count : 0) }))
      }
      // Children come before their wrapper.
      guard module.depth == 0 else { continue }
      if module.isContainer { for index in firstOfLayer..<rows.count { rows[index].block = module.path } }
      firstOfLayer = rows.count
    }
    self.rows = rows
    totalParameters = rows.reduce(0) { $0 + $1.parameters }
    trainableParameters =
      totalParameters
      - graph.parameters.reduce(0) { sum, parameter in
        parameter.specification.isTrained && frozen.contains(parameter.name)
          ? sum + parameter.specification.count : sum
      }
  }

  /// The size of the input in MB.
  public var inputMegabytes: Double { megabytes(input.elements) }
  /// The size of all outputs and their gradients in MB.
  public var forwardBackwardMegabytes: Double { megabytes(2 * rows.reduce(0) { $0 + $1.output.elements }) }
  /// The size of the parameters in MB.
  public var parameterMegabytes: Double { megabytes(totalParameters) }
  /// The sum of the three sizes in MB.
  public var totalMegabytes: Double { inputMegabytes + forwardBackwardMegabytes + parameterMegabytes }

  /// The table exactly as published, where a long name shifts the rest of its row.
  public var text: String { text(nameWidth: Self.nameWidth) }

  /// The table with aligned columns; equals ``text`` if all names fit.
  public var aligned: String { text(nameWidth: max(Self.nameWidth, rows.map(\.name.count).max() ?? 0)) }

  private static let nameWidth = 20

  private func text(nameWidth: Int) -> String {
    func line(_ name: String, _ shape: String, _ parameters: String) -> String {
      "\(name.leftPadded(to: nameWidth))  \(shape.leftPadded(to: 25)) \(parameters.leftPadded(to: 15))"
    }
    let width = 64 + nameWidth - Self.nameWidth
    let thin = String(repeating: "-", count: width)
    let thick = String(repeating: "=", count: width)
    var lines = [thin, line("Layer (type)", "Output Shape", "Param #"), thick]
    for row in rows {
      let shape = "[" + (["-1"] + row.output.dimensions.map(String.init)).joined(separator: ", ") + "]"
      lines.append(line(row.name, shape, Number.grouped(row.parameters)))
    }
    lines += [
      thick,
      "Total params: \(Number.grouped(totalParameters))",
      "Trainable params: \(Number.grouped(trainableParameters))",
      "Non-trainable params: \(Number.grouped(totalParameters - trainableParameters))",
      thin,
      "Input size (MB): \(Number.fixed(inputMegabytes, 2))",
      "Forward/backward pass size (MB): \(Number.fixed(forwardBackwardMegabytes, 2))",
      "Params size (MB): \(Number.fixed(parameterMegabytes, 2))",
      "Estimated Total Size (MB): \(Number.fixed(totalMegabytes, 2))",
      thin,
    ]
    return lines.joined(separator: "\n")
  }

  private func megabytes(_ floats: Int) -> Double { Double(floats) * 4 / 1_048_576 }
}

extension ModelGraph.Module {
  var hasRow: Bool { operation?.hasSummaryRow ?? !isContainer }
}
