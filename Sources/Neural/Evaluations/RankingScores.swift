/// Metrics of a classifier that depend on the order of its class probabilities, and not only on the most probable class.
///
/// ROC AUC and average precision compare each class with all others, as scikit-learn's `roc_auc_score` and
/// `average_precision_score` do.
public struct RankingScores: Sendable, Hashable, Codable {
  /// The number of classes among which ``top5Accuracy`` looks for the true one.
  public static let topCount = 5

  /// The fraction of images whose true class is among the five most probable; `nil` with five classes or fewer, where
  /// it says nothing, or without images.
  public var top5Accuracy: Double?
  /// The area under the ROC curve of each class, 0…1; `nil` for a class that no image has, or all images.
  public var rocAUC: [Double?]
  /// The average precision of each class, 0…1; `nil` for a class without images.
  public var averagePrecision: [Double?]

  /// Computes the metrics.
  ///
  /// - Parameters:
  ///   - probabilities: [images][classes].
  ///   - labels: the true class of each image.
  ///   - classes: the number of classes, at least 1.
  /// - Precondition: there are `classes` probabilities for each label.
  public init(probabilities: [Float], labels: [Int], classes: Int) {
    precondition(probabilities.count == labels.count * classes, "a probability for each image and class")
    let hits = labels.indices.count { image in
      let row = probabilities[image * classes..<(image + 1) * classes]
      return Self.rank(of: labels[image], in: row).map { $0 < Self.topCount } ?? false
    }
    top5Accuracy = classes > Self.topCount && !labels.isEmpty ? Double(hits) / Double(labels.count) : nil
    (rocAUC, averagePrecision) = ([], [])
    for name in 0..<classes {
      let curve = Curve(
        labels.indices.map { (probabilities[$0 * classes + name], labels[$0] == name) })
      rocAUC.append(curve.rocAUC)
      averagePrecision.append(curve.averagePrecision)
    }
  }

  /// The number of classes that are more probable; of equally probable ones, the first counts as more probable, as for
  /// the predicted class. `nil` if the probability is not a number, or the label is no class.
  private static func rank(of label: Int, in row: ArraySlice<Float>) -> Int? {
    let place = row.startIndex + label
    guard row.indices.contains(place), !row[place].isNaN else { return nil }
    return row.indices.count { row[$0] > row[place] || (row[$0] == row[place] && $0 < place) }
  }
}

/// The images in the order of their probability of a class, to compare the class with all others.
private struct Curve {
  /// For each distinct probability, the highest first: the images that have it, by whether they are of the class.
  private var groups: [(positives: Int, negatives: Int)] = []
  private let positives: Int
  private let negatives: Int

  init(_ images: [(probability: Float, isOfClass: Bool)]) {
    positives = images.count { $0.isOfClass }
    negatives = images.count - positives
    // Numbers that are not ordered have no curve.
    guard !images.contains(where: \.probability.isNaN) else { return }
    var last: Float?
    for image in images.sorted(by: { $0.probability > $1.probability }) {
      if image.probability != last { groups.append((0, 0)) }
      last = image.probability
      if image.isOfClass {
        groups[groups.count - 1].positives += 1
      } else {
        groups[groups.count - 1].negatives += 1
      }
    }
  }

  /// The probability that an image of the class ranks before another image, where equal ranks count half.
  var rocAUC: Double? {
    guard positives > 0, negatives > 0, !groups.isEmpty else { return nil }
    var (area, found) = (0.0, 0)
    for group in groups {
      area += Double(group.negatives) * (Double(found) + Double(group.positives) / 2)
      found += group.positives
    }
    return area / (Double(positives) * Double(negatives))
  }

  /// The mean of the precision over the images of the class, at the rank of each.
  var averagePrecision: Double? {
    guard positives > 0, !groups.isEmpty else { return nil }
    var (sum, found, seen) = (0.0, 0, 0)
    for group in groups {
      found += group.positives
      seen += group.positives + group.negatives
      sum += Double(group.positives) * Double(found) / Double(seen)
    }
    return sum / Double(positives)
  }
}
