import Cells
import Diagnostics
import Documents

/// The parameters of a sweep, each with its list of values.
struct Grid: Sendable {
  struct Axis: Sendable {
    var name: String
    /// The name's place in a file; `nil` for the command line.
    var nameRange: SourceRange?
    var values: [ParameterOverride]
  }

  /// The parameters in the given order; those of `-P` files first.
  private(set) var axes: [Axis] = []
  private(set) var sources: [SourceText] = []
  private(set) var problems: [Diagnostic] = []

  /// The maximum number of runs.
  static let limit = 1000

  /// Reads the files and splits the values.
  init(_ options: RunOptions) {
    for path in options.parameterFiles {
      let (file, found) = ParameterFile.read(path: path)
      problems += found
      guard let file else { continue }
      sources.append(file.source)
      for entry in file.entries {
        let values = entry.value.elements ?? [entry.value]
        set(
          Axis(
            name: entry.name, nameRange: entry.nameRange,
            values: values.map { ParameterOverride($0) }))
      }
    }
    var seen: Set<String> = []
    for parameter in options.parameters {
      guard seen.insert(parameter.name).inserted else {
        problems.append(SweepProblem.repeatedName(parameter.name).diagnostic())
        continue
      }
      do {
        let values = try ValueList.split(parameter.value)
        set(Axis(name: parameter.name, values: values.map { ParameterOverride($0) }))
      } catch {
        problems.append(SweepProblem.values(parameter, error).diagnostic())
      }
    }
    if !isWithinLimit { problems.append(SweepProblem.tooMany(count: count, limit: Self.limit).diagnostic()) }
  }

  var isWithinLimit: Bool { count.map { $0 <= Self.limit } ?? false }

  /// The number of combinations; `nil` if it overflows.
  var count: Int? {
    axes.reduce(1) { product, axis in
      guard let product else { return nil }
      let (next, overflows) = product.multipliedReportingOverflow(by: axis.values.count)
      return overflows ? nil : next
    }
  }

  /// All combinations; the last parameter changes fastest. Call it only if ``count`` is within ``limit``.
  var combinations: [GivenParameters] {
    var points: [[GivenParameters.Parameter]] = [[]]
    for axis in axes {
      points = points.flatMap { point in
        axis.values.map { value in
          point + [GivenParameters.Parameter(name: axis.name, nameRange: axis.nameRange, value: value)]
        }
      }
    }
    return points.map { GivenParameters($0, sources: sources) }
  }

  /// A few combinations that together contain every value, to find invalid values quickly.
  var covering: [GivenParameters] {
    let length = axes.map(\.values.count).max() ?? 1
    return (0..<length).map { index in
      GivenParameters(
        axes.map { axis in
          GivenParameters.Parameter(
            name: axis.name, nameRange: axis.nameRange, value: axis.values[index % axis.values.count])
        }, sources: sources)
    }
  }

  private mutating func set(_ axis: Axis) {
    if let place = axes.firstIndex(where: { $0.name == axis.name }) {
      axes[place] = axis
    } else {
      axes.append(axis)
    }
  }
}
