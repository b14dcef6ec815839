/// All faults of a model's layers; ``ModelGraph`` stops at the first.
///
/// After a fault, the layout continues as the user meant it: with the input that the layer declares, or with its
/// declared output. What stays unknown is not checked until a layer declares it again, so no fault is the consequence of
/// another.
///
///     ModelFaults(elements, input: Shape(3, 32, 32)).errors
public struct ModelFaults {
  /// The faults, in the order of the layers; one for each place in the notebook.
  public private(set) var errors: [ModelError] = []
  /// Whether there is an ``UnknownLayer``, so that the model cannot be built although it may have no other fault.
  public private(set) var hasUnknownLayers = false
  private var places: Set<Origin> = []

  /// Lays out the layers.
  ///
  /// - Parameters:
  ///   - elements: the model's layers, in order.
  ///   - input: the shape of the model's input.
  ///   - isSizeKnown: whether the height and width of the input are right.
  public init(_ elements: [LayerElement], input: Shape, isSizeKnown: Bool = true) {
    _ = output(of: elements, under: "", from: Guess(shape: input, knowsSize: isSizeKnown), at: nil)
  }

  /// A shape, and the parts of it that are certain.
  private struct Guess {
    var shape: Shape
    var knowsChannels = true
    var knowsSize = true
    /// The other number of channels that may be meant, after a layer that disagrees with the one before it and does not
    /// change the number.
    var alternative: Int?

    var isKnown: Bool { knowsChannels && knowsSize }
    var unknown: Guess { Guess(shape: shape, knowsChannels: false, knowsSize: false) }

    /// This shape, as far as another one of the same layer agrees.
    func joined(with other: Guess) -> Guess {
      Guess(
        shape: shape,
        knowsChannels: knowsChannels && other.knowsChannels && shape.channels == other.shape.channels,
        knowsSize: knowsSize && other.knowsSize && shape.height == other.shape.height
          && shape.width == other.shape.width)
    }
  }

  private mutating func report(
    _ fact: ModelError.Fact, _ layer: any Layer, _ path: String, at origin: Origin?
  ) {
    if let origin, !places.insert(origin).inserted { return }
    errors.append(ModelError(fact: fact, layer: layer.typeName, path: path, origin: origin))
  }

  private mutating func output(
    of elements: [LayerElement], under prefix: String, from input: Guess, at origin: Origin?
  ) -> Guess {
    var seen: Set<String> = []
    var guess = input
    for (index, element) in elements.enumerated() {
      let name = element.name ?? String(index)
      let path = prefix.isEmpty ? name : "\(prefix).\(name)"
      let place = element.origin ?? origin
      if !seen.insert(name).inserted { report(.duplicateName(name), element.layer, path, at: place) }
      guess = output(of: element.layer, path, from: guess, at: place)
    }
    return guess
  }

  private mutating func output(
    of layer: any Layer, _ path: String, from input: Guess, at origin: Origin?
  ) -> Guess {
    if let unknown = layer as? UnknownLayer {
      hasUnknownLayers = true
      guard let meant = unknown.meant else { return input.unknown }
      // The fault of its arguments has been reported; a fault of its shape is another one.
      if case .operation(let operation) = meant.structure {
        return checkedOutput(of: operation, path, from: input, at: origin, reportsValues: false)
      }
      return input.unknown
    }
    switch layer.structure {
    case .operation(let operation): return checkedOutput(of: operation, path, from: input, at: origin)
    case .sequence(let elements, _):
      if elements.isEmpty { report(.noLayers, layer, path, at: origin) }
      return output(of: elements, under: path, from: input, at: origin)
    case .branches(let branches, _, let verb):
      guard let first = branches.first else { return input.unknown }
      if first.elements.isEmpty { report(.noLayers, layer, path, at: origin) }
      let ends = branches.map { branch in
        branch.elements.isEmpty
          ? input : output(of: branch.elements, under: branch.path(in: path), from: input, at: origin)
      }
      var result = ends[0]
      for (branch, end) in zip(branches, ends).dropFirst() {
        if ends[0].isKnown, end.isKnown, ends[0].shape != end.shape {
          report(
            .branches(
              verb: verb, label: first.label, output: ends[0].shape, other: branch.label,
              otherOutput: end.shape
            ), layer, path, at: origin)
          return ends[0].unknown
        }
        result = result.joined(with: end)
      }
      return result
    }
  }

  private mutating func checkedOutput(
    of operation: any Operation, _ path: String, from input: Guess, at origin: Origin?,
    reportsValues: Bool = true
  ) -> Guess {
    var input = input
    var disagreeing: Int?
    // An image where features are expected, then the wrong number of features: at most two attempts fail.
    for _ in 0..<3 {
      let fact: ModelError.Fact
      do {
        let output = try operation.output(for: input.shape)
        guard let disagreeing else { return settled(output, of: operation, from: input) }
        // The layer that disagrees is the faulty one, unless a later layer agrees with it.
        var guess = settled(output.with(channels: disagreeing), of: operation, from: input)
        guess.alternative = output.channels
        return guess
      } catch { fact = error }
      switch fact {
      case .shape(let expected, let found, let fitting):
        if found.isImage == fitting.isImage, input.alternative == fitting.channels {
          input.knowsChannels = true
        } else if found.isImage == fitting.isImage, !found.isImage ? input.isKnown : input.knowsChannels {
          switch operation.declaredOutput {
          case .inputShape, .inputChannels: disagreeing = found.channels
          case .channels, .features: break
          }
          report(
            input.knowsSize ? fact : .channels(expected: expected, found: found.channels), operation, path,
            at: origin)
        } else if found.isImage != fitting.isImage, input.isKnown {
          report(fact, operation, path, at: origin)
          if fitting.isImage { input.knowsSize = false }
        }
        input.shape = fitting
      case .empty, .tooLarge:
        if input.isKnown { report(fact, operation, path, at: origin) }
        return declared(by: operation, from: input)
      default:
        if reportsValues { report(fact, operation, path, at: origin) }
        return declared(by: operation, from: input)
      }
    }
    return declared(by: operation, from: input)
  }

  /// The output that a layer with a fault declares.
  private func declared(by operation: any Operation, from input: Guess) -> Guess {
    switch operation.declaredOutput {
    case .features(let count) where LayerRange.sizes.contains(count):
      return Guess(shape: Shape(features: count))
    case .channels(let count) where LayerRange.sizes.contains(count):
      return Guess(shape: Shape(count, input.shape.height, input.shape.width), knowsSize: false)
    case .inputShape: return input
    case .features, .channels, .inputChannels:
      return Guess(shape: input.shape, knowsChannels: input.knowsChannels, knowsSize: false)
    }
  }

  /// The output of a layer that accepts its input, with the parts that are certain now.
  private func settled(_ output: Shape, of operation: any Operation, from input: Guess) -> Guess {
    if input.isKnown {
      let other = input.alternative.flatMap { try? operation.output(for: input.shape.with(channels: $0)) }
      return Guess(
        shape: output, alternative: other.flatMap { $0.channels == output.channels ? nil : $0.channels })
    }
    // A layer that accepts one number of channels, and one that gives the same size for each input, is certain.
    let other = input.shape.with(channels: input.shape.channels + 1)
    let declaresChannels = (try? operation.output(for: other)) == nil
    if !output.isImage {
      let isKnown = declaresChannels
      return Guess(shape: output, knowsChannels: isKnown, knowsSize: isKnown)
    }
    let larger = Shape(input.shape.channels, input.shape.height + 37, input.shape.width + 41)
    let ignoresSize =
      input.shape.isImage && (try? operation.output(for: larger)).map { $0.height == output.height } == true
    return Guess(
      shape: output, knowsChannels: input.knowsChannels || declaresChannels,
      knowsSize: input.knowsSize || ignoresSize)
  }
}

extension Layer {
  /// The error of a hyperparameter that is invalid for every input; `nil` if there is none.
  public var argumentError: ModelError? {
    switch structure {
    case .branches: return nil
    case .sequence(let elements, let isContainer):
      return isContainer ? nil : elements.lazy.compactMap(\.layer.argumentError).first
    case .operation(let operation):
      // Large enough for every window; layers that take other inputs name one that fits.
      var input = Shape(1, 1 << 11, 1 << 11)
      for _ in 0..<3 {
        do {
          _ = try operation.output(for: input)
          return nil
        } catch {
          switch error {
          case .shape(_, _, let fitting): input = fitting
          case .value: return ModelError(fact: error, layer: typeName, path: "", origin: nil)
          default: return nil
          }
        }
      }
      return nil
    }
  }
}
