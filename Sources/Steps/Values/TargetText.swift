import Neural
import Support

extension ImageData {
  /// The class of an image of one of the data's sets, or the numbers to predict for it: `cat`, `size 0.31`.
  func target(of index: Int, in set: ImageSet) -> String {
    switch set.targets {
    case .labels(let labels): return classNames[Int(labels[index])]
    case .values(let values, let perImage):
      return zip(targets.names, values[(index * perImage)...]).map { name, value in
        "\(name) \(Number.fixed(Double(value), 2))"
      }.joined(separator: ", ")
    }
  }
}
