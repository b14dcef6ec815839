/// The division of a batch's images into groups: a sum over images is computed within each group, then over the
/// groups, so that the order of its terms, and every bit, is the same for any number of threads.
enum GradientGroups {
  /// The maximum number of groups, and therefore of threads that can add gradients at the same time.
  static let most = 16

  /// The number of groups of a batch; none is empty.
  static func count(images: Int) -> Int { min(most, images) }

  /// The images of a group.
  static func images(_ group: Int, of images: Int) -> Range<Int> {
    let groups = count(images: images)
    return group * images / groups..<(group + 1) * images / groups
  }
}

/// The gradient of a parameter that a step adds up image by image, in the copy of the image's group.
///
/// The ``Tape`` sets the copies to 0 before the step's backward passes, and sums them afterwards. A step that computes
/// a gradient over the whole batch sets it in the run's gradients instead.
struct GroupedGradient {
  /// The start of the parameter in its arena, and its size.
  var offset: Int
  var count: Int
  /// [group][count]
  var sums: Buffer
}
