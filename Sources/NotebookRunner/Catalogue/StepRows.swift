import Cells
import Steps

extension Catalogue {
  /// The steps of a notebook, bound to a run.
  static func steps(_ run: Run) -> Group {
    Group(Step.group, "Notebook functions", Step.all.map { $0.row(run) })
  }

  static let plots = Group(
    "plots", "Plots for the report",
    Plot.rows + Plot.dataRows + PlotAxis.rows + [
      .protocolType(
        "Plottable", conformers: [.int, .float, .double],
        "A number that a plot can show: Int, Float or Double."),
      .protocolType(
        "TableValue", conformers: [.string, .int, .float, .double, .bool],
        "A value that a table can show: String, Int, Float, Double or Bool."),
    ])
}

extension Step {
  /// - Returns: `nil` if the call is not of a step.
  static func called(by call: CodeCall) -> Step? { call.group == group ? named(call.name) : nil }
}
