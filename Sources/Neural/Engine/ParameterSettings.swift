/// The settings of an optimizer that differ between parameters: learning rates, weight decay, and frozen parameters.
struct ParameterSettings {
  /// Neighbouring parameters with equal settings.
  struct Segment {
    /// The numbers in the plan's order.
    var range: Range<Int>
    /// The index of the group with the learning rate; `nil` for the optimizer's rate.
    var group: Int?
    /// `nil` for the optimizer's own.
    var weightDecay: Double?
  }

  /// The parameters that are updated, in order.
  private(set) var segments: [Segment] = []
  /// The numbers of frozen parameters.
  private(set) var frozen: [Range<Int>] = []

  /// - Parameters:
  ///   - slices: the parameters of a plan.
  ///   - groups: a parameter belongs to the first group that matches it.
  init(_ slices: [ParameterSlice], groups: [ParameterGroup] = [], decay: DecayScope = .allParameters) {
    let patterns = groups.map { ParameterPattern($0.pattern) }
    for slice in slices {
      let range = slice.offset..<slice.offset + slice.count
      if slice.isFrozen {
        frozen.append(range)
        continue
      }
      let index = patterns.firstIndex { $0.matches(slice.name) }
      let group = index.map { groups[$0] }
      add(
        Segment(
          range: range, group: group?.learningRate == nil ? nil : index,
          weightDecay: group?.weightDecay ?? (decay == .weightsOnly && slice.isBiasOrNorm ? 0 : nil)))
    }
  }

  private mutating func add(_ segment: Segment) {
    if let last = segments.last, last.range.upperBound == segment.range.lowerBound,
      last.group == segment.group, last.weightDecay == segment.weightDecay
    {
      segments[segments.count - 1].range = last.range.lowerBound..<segment.range.upperBound
    } else {
      segments.append(segment)
    }
  }
}
