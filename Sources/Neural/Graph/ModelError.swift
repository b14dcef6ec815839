import Support

/// An error in a model's description.
public struct ModelError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Error, Hashable {
    /// A layer expects another number of channels or features, or another rank, than its input has.
    /// `fitting` is the nearest shape that the layer accepts.
    case shape(expected: String, found: Shape, fitting: Shape)
    /// A layer expects another number of channels than its input has, whose height and width are unknown because of an
    /// earlier fault.
    case channels(expected: String, found: Int)
    /// A hyperparameter is out of its range.
    case value(name: String, expected: String, found: String)
    /// The dilated kernel is larger than the padded image.
    case empty(kernel: Int, found: Shape)
    /// Two branches whose outputs are joined have different output shapes. Each branch has a word for its output.
    case branches(verb: String, label: String, output: Shape, other: String, otherOutput: Shape)
    /// Two layers of a container have the same name.
    case duplicateName(String)
    /// The model has no layers.
    case noLayers
    /// A value has too many elements.
    case tooLarge(Shape)
    /// The model exceeds ``ModelGraph/mostParameters`` at this layer.
    case tooManyParameters
    /// A batch of one image gives a batch normalisation a single value per channel.
    case oneValuePerChannel(input: Shape, images: Int, batchSize: Int, dropLast: Bool)
    /// The groups of a group normalisation have a single value.
    case oneValuePerGroup(input: Shape)
    /// A format that models are saved in has no operators that compute what the layer does.
    case noCounterpart(format: String, reason: String)
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The layer's class name, for example `Conv2d`.
  public var layer: String
  /// The prefix of its parameters' names, for example `block1.0`.
  public var path: String
  /// The place of the layer in the notebook, if known.
  public var origin: Origin?

  public var description: String {
    let who = path.isEmpty ? layer : "\(layer) '\(path)'"
    switch fact {
    case .shape(let expected, let found, let fitting):
      let text =
        found.isImage ? "\(found) (channels×height×width)" : Number.counted(found.channels, "feature")
      let isForGrayscale = found.isImage && found.channels == 3 && fitting.isImage && fitting.channels == 1
      return "\(who) expects \(expected), found \(text) from the layer before it"
        + (isForGrayscale ? "; for grayscale images, build the model with inputChannels: 1" : "")
    case .channels(let expected, let found):
      return "\(who) expects \(expected), found \(found) channels from the layer before it"
    case .value(let name, let expected, let found):
      return "\(who): \(name) must be \(expected), found \(found)"
    case .empty(let kernel, let found):
      return
        "\(who): the window covers \(kernel) pixels, but the input is \(found); add padding or use a smaller window"
    case .branches(let verb, let label, let output, let other, let otherOutput):
      return
        "\(who) \(verb), so both must have the same shape: \(other) \(otherOutput), \(label) \(output)"
    case .duplicateName(let name):
      return "\(who): duplicate name '\(name)' at the same level; rename one of the layers"
    case .noLayers:
      return "\(who) has no layers"
    case .tooLarge(let shape):
      return "\(who) would produce \(shape) for every image, which does not fit in memory"
    case .tooManyParameters:
      return
        "\(who) exceeds the maximum of \(ModelGraph.mostParameters) parameters (1 GiB); make the model smaller"
    case .oneValuePerChannel(let input, let images, let batchSize, let dropLast):
      let need = "\(who) needs more than 1 value per channel in training, but its input is \(input)"
      return batchSize == 1 || images == 1 || dropLast
        ? "\(need) and a batch has 1 image; \(images == 1 ? "use more training images" : "raise batchSize")"
        : "\(need) and the last of \(images) training images makes a batch of 1 (batchSize: \(batchSize)); "
          + "set dropLast: true or another batchSize"
    case .oneValuePerGroup(let input):
      return
        "\(who) needs more than 1 value per group, but its input is \(input), so its output would always be its bias; "
        + "use fewer groups"
    case .noCounterpart(let format, let reason):
      return "\(who) cannot be saved as \(format): \(reason)"
    }
  }
}
