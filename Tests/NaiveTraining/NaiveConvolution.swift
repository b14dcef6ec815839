import CKernels

/// A dense convolution of a batch and its gradients by plain loops. Images have the channels last, and weights are
/// [tap][in][out], both as in the engine.
public struct NaiveConvolution {
  public private(set) var y: [Float] = []
  public private(set) var dx: [Float] = []
  /// The gradients, added to ones.
  public private(set) var weights: [Float]
  public private(set) var bias: [Float]

  public init(
    _ geometry: quire_convolution, images: Int, x: [Float], weights: [Float], bias: [Float], dy: [Float]
  ) {
    var geometry = geometry
    let (inputs, outputs) = (Int(geometry.in_channels), Int(geometry.out_channels))
    let taps = Int(geometry.kernel * geometry.kernel)
    // The kernels of the reference read [out][in][tap].
    var ordered = weights
    for tap in 0..<taps {
      for input in 0..<inputs {
        for output in 0..<outputs {
          ordered[(output * inputs + input) * taps + tap] = weights[(tap * inputs + input) * outputs + output]
        }
      }
    }
    var dweights = [Double](repeating: 1, count: weights.count)
    var dbias = [Double](repeating: 1, count: outputs)
    for image in 0..<images {
      let (own, gradient) = (x.count / images * image, dy.count / images * image)
      let image = Array(x[own..<own + x.count / images])
      let dy = Array(dy[gradient..<gradient + dy.count / images])
      var (result, dimage) = (dy, image)
      quire_reference_convolution(&geometry, image, ordered, bias, &result)
      quire_reference_convolution_backward(&geometry, image, ordered, dy, &dimage, &dweights, &dbias)
      y += result
      dx += dimage
    }
    self.weights = weights
    for tap in 0..<taps {
      for input in 0..<inputs {
        for output in 0..<outputs {
          self.weights[(tap * inputs + input) * outputs + output] = Float(
            dweights[(output * inputs + input) * taps + tap])
        }
      }
    }
    self.bias = dbias.map { Float($0) }
  }
}
