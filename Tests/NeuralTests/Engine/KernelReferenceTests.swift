import CKernels
import Testing

@testable import Neural

/// The fast kernels against the naive ones in `CKernels/reference`, at sizes below, at and above the tile sizes (6
/// or 8 rows, 16 or 32 columns, 8 or 16 channels), on every instruction set of the machine.
@Suite struct KernelReferenceTests {
  static let seed: UInt64 = 20_251_002
  static let tolerance = 1e-5

  struct Case: Sendable, CustomStringConvertible {
    var convolution: Convolution
    var height: Int
    var width: Int
    var kernels: String
    var usesOpenBLAS: Bool
    var description: String {
      "\(convolution) \(height)×\(width) \(kernels)\(usesOpenBLAS ? "" : " alone") "
        + "seed \(KernelReferenceTests.seed)"
    }
  }

  static let convolutions: [Case] = {
    var cases: [Case] = []
    func add(
      _ i: Int, _ o: Int, _ k: Int, _ height: Int, _ width: Int, stride: Int = 1, padding: Int = 0,
      dilation: Int = 1, groups: Int = 1
    ) {
      for (kernels, usesOpenBLAS) in OpenBLASTests.contenders {
        cases.append(
          Case(
            convolution: Convolution(
              inChannels: i, outChannels: o, kernelSize: k, stride: stride, padding: padding,
              dilation: dilation,
              groups: groups), height: height, width: width, kernels: kernels, usesOpenBLAS: usesOpenBLAS))
      }
    }
    for channels in [1, 5, 6, 7, 15, 16, 17, 33] {
      add(channels, 34 - channels, 1, 3, 4)
      add(channels, channels, 3, 5, 6, padding: 1)
      add(channels, channels, 3, 6, 5, padding: 1, groups: channels)
    }
    for size in [1, 2, 5, 6, 7, 13] { add(3, 18, 3, size, size, padding: 2, dilation: 2) }
    add(4, 6, 3, 9, 7, stride: 2, padding: 1)
    add(4, 6, 2, 9, 7, stride: 3)
    add(6, 6, 3, 9, 8, stride: 2, padding: 2, dilation: 3)
    add(8, 12, 3, 11, 9, stride: 2, padding: 2, dilation: 2, groups: 4)
    add(8, 8, 5, 9, 9, stride: 3, padding: 2, dilation: 2, groups: 8)
    add(4, 8, 3, 6, 6, padding: 1, groups: 4)
    add(3, 5, 4, 6, 7, padding: 3)
    add(2, 3, 1, 9, 9, stride: 4, padding: 1)
    add(16, 16, 1, 32, 32, stride: 2)
    add(9, 9, 11, 12, 12, padding: 5, groups: 9)
    // Depthwise, 3 × 3: rows in groups of four and single rows, few channels, more padding than the filter needs.
    add(10, 10, 3, 9, 8, padding: 1, groups: 10)
    add(20, 20, 3, 11, 9, padding: 2, dilation: 2, groups: 20)
    add(3, 3, 3, 6, 7, padding: 4, groups: 3)
    add(65, 65, 3, 7, 6, groups: 65)
    // Images smaller than the filter, and filters with no tap inside the image.
    add(16, 16, 3, 1, 1, padding: 1, groups: 16)
    add(5, 5, 3, 2, 3, padding: 4, dilation: 3, groups: 5)
    add(17, 17, 3, 1, 4, padding: 3, dilation: 2, groups: 17)
    add(129, 129, 3, 5, 6, padding: 1, groups: 129)
    add(32, 32, 3, 14, 13, padding: 2, dilation: 4, groups: 32)
    return cases
  }()

  @Test(arguments: convolutions) func convolution(_ test: Case) throws {
    let c = test.convolution
    let model = try model(
      [
        Conv2d(
          c.inChannels, c.outChannels, kernelSize: c.kernelSize, stride: c.stride, padding: c.padding,
          dilation: c.dilation, groups: c.groups)
      ], input: Shape(c.inChannels, test.height, test.width), seed: Self.seed)
    let (input, output) = (model.input, model.output)
    let count = 2
    let x = normals(count * input.elements, seed: Self.seed, 1)
    let dy = normals(count * output.elements, seed: Self.seed, 2)
    let probe = try Probe(
      model, input: x, gradient: dy, kernels: test.kernels, usesOpenBLAS: test.usesOpenBLAS)

    let weight = try #require(model.state["0.weight"])
    let bias = try #require(model.state["0.bias"])
    var geometry = quire_convolution(
      height: Int64(test.height), width: Int64(test.width), in_channels: Int64(c.inChannels),
      out_channels: Int64(c.outChannels), kernel: Int64(c.kernelSize), stride: Int64(c.stride),
      padding: Int64(c.padding), dilation: Int64(c.dilation), groups: Int64(c.groups))
    var (y, dx): ([Float], [Float]) = ([], [])
    var dw = [Double](repeating: 0, count: weight.count)
    var db = [Double](repeating: 0, count: bias.count)
    for image in 0..<count {
      let own = Array(channelsLast(x, input)[image * input.elements..<(image + 1) * input.elements])
      let gradient = Array(channelsLast(dy, output)[image * output.elements..<(image + 1) * output.elements])
      var (outputs, inputs) = (gradient, own)
      quire_reference_convolution(&geometry, own, weight.values, bias.values, &outputs)
      quire_reference_convolution_backward(&geometry, own, weight.values, gradient, &inputs, &dw, &db)
      y += outputs
      dx += inputs
    }
    expect(probe.output, channelsFirst(y, output), "output")
    expect(probe.inputGradient, channelsFirst(dx, input), "input's gradient")
    expect(try #require(probe.gradients["0.weight"]).values, dw.map { Float($0) }, "weights' gradient")
    expect(try #require(probe.gradients["0.bias"]).values, db.map { Float($0) }, "bias's gradient")
  }

  @Test(
    arguments: [
      (1, 1, 3), (3, 5, 3), (3, 17, 2), (8, 8, 1), (9, 7, 4), (10, 9, 2), (17, 11, 2), (32, 9, 3), (65, 6, 2),
    ], InstructionSet.supported)
  func normalisation(_ sizes: (channels: Int, side: Int, count: Int), _ kernels: String) throws {
    let (channels, pixels) = (sizes.channels, sizes.side * sizes.side)
    let model = try model([BatchNorm2d(channels)], input: Shape(channels, sizes.side, sizes.side))
    // A mean far from 0 must not lose more digits than the input itself has lost.
    let x = normals(sizes.count * model.input.elements, seed: Self.seed, 1).map { $0 + 30 }
    let dy = normals(x.count, seed: Self.seed, 2)
    let (gamma, beta) = (normals(channels, seed: Self.seed, 3), normals(channels, seed: Self.seed, 4))
    let probe = try Probe(
      model, input: x, gradient: dy,
      state: [
        "0.weight": Tensor(shape: [channels], values: gamma),
        "0.bias": Tensor(shape: [channels], values: beta),
      ], kernels: kernels)
    var (y, dx) = (x, x)
    var mean = [Double](repeating: 0, count: channels)
    var (variance, dgamma, dbeta) = (mean, mean, mean)
    let last = channelsLast(x, model.input)
    quire_reference_normalisation(
      last, gamma, beta, 1e-5, Int64(sizes.count), Int64(pixels), Int64(channels), &y, &mean, &variance)
    quire_reference_normalisation_backward(
      last, gamma, 1e-5, channelsLast(dy, model.input), Int64(sizes.count), Int64(pixels), Int64(channels),
      &dx,
      &dgamma, &dbeta)
    expect(probe.output, channelsFirst(y, model.input), "output")
    expect(try #require(probe.gradients["0.weight"]).values, dgamma.map { Float($0) }, "γ's gradient")
    expect(try #require(probe.gradients["0.bias"]).values, dbeta.map { Float($0) }, "β's gradient")
    expect(try #require(probe.state["0.running_mean"]).values, mean.map { Float(0.1 * $0) }, "running mean")
    let n = Double(sizes.count * pixels)
    expect(
      try #require(probe.state["0.running_var"]).values,
      variance.map { Float(0.9 + 0.1 * $0 * n / max(1, n - 1)) }, "running variance")
    expect(probe.inputGradient, channelsFirst(dx, model.input), "input's gradient")
  }

  struct Window: Sendable {
    var layer: any Layer
    var pooling: Pooling
    var kind: quire_pool_kind
  }
  static let windows: [Window] =
    [(2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 3, 0), (4, 2, 2)].flatMap { (k: Int, s: Int, p: Int) in
      [
        Window(
          layer: MaxPool2d(k, stride: s, padding: p), pooling: Pooling(kernelSize: k, stride: s, padding: p),
          kind: QUIRE_MAXIMUM),
        Window(
          layer: AvgPool2d(k, stride: s, padding: p), pooling: Pooling(kernelSize: k, stride: s, padding: p),
          kind: QUIRE_MEAN),
      ]
    }
    + [1, 2, 3, 9, 12].map {
      Window(
        layer: AdaptiveAvgPool2d($0), pooling: Pooling(kernelSize: 1, stride: 1, padding: 0),
        kind: QUIRE_ADAPTIVE)
    }

  @Test(arguments: windows, InstructionSet.supported) func pooling(_ window: Window, _ kernels: String) throws
  {
    for channels in [1, 3, 8, 11, 16, 41, 72] {
      let model = try model([window.layer], input: Shape(channels, 9, 7))
      let x = normals(model.input.elements, seed: Self.seed, 1)
      let dy = normals(model.output.elements, seed: Self.seed, 2)
      let probe = try Probe(model, input: x, gradient: dy, kernels: kernels)
      var geometry = quire_pooling(
        height: 9, width: 7, channels: Int64(channels), out_height: Int64(model.output.height),
        out_width: Int64(model.output.width), kernel: Int64(window.pooling.kernelSize),
        stride: Int64(window.pooling.stride), padding: Int64(window.pooling.padding))
      var (y, dx) = (dy, x)
      let last = channelsLast(x, model.input)
      quire_reference_pool(&geometry, window.kind, last, &y)
      quire_reference_pool_backward(&geometry, window.kind, last, channelsLast(dy, model.output), &dx)
      expect(probe.output, channelsFirst(y, model.output), "output")
      expect(probe.inputGradient, channelsFirst(dx, model.input), "input's gradient")
    }
  }

  typealias Naive = (
    layer: any Activation,
    forward: @Sendable (UnsafePointer<Float>, Float, UnsafeMutablePointer<Float>, Int64) -> Void,
    backward:
      @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, Float, UnsafeMutablePointer<Float>, Int64)
      -> Void
  )
  static let activations: [Naive] = [
    (ReLU(), quire_reference_relu, quire_reference_relu_backward),
    (LeakyReLU(negativeSlope: 0.2), quire_reference_leaky_relu, quire_reference_leaky_relu_backward),
    (SiLU(), quire_reference_silu, quire_reference_silu_backward),
    (Hardswish(), quire_reference_hardswish, quire_reference_hardswish_backward),
    (ReLU6(), quire_reference_relu6, quire_reference_relu6_backward),
    (Tanh(), quire_reference_tanh, quire_reference_tanh_backward),
    (Sigmoid(), quire_reference_sigmoid, quire_reference_sigmoid_backward),
    (GELU(), quire_reference_gelu, quire_reference_gelu_backward),
  ]

  @Test(arguments: [1, 7, 8, 9, 15, 16, 17, 33], InstructionSet.supported)
  func activations(_ n: Int, _ kernels: String) throws {
    for (layer, forward, backward) in Self.activations {
      let model = try model([layer], input: Shape(features: n))
      let x = normals(n, seed: Self.seed, 1).map { $0 * 10 }
      let dy = normals(n, seed: Self.seed, 2)
      let probe = try Probe(model, input: x, gradient: dy, kernels: kernels)
      var (y, dx) = (x, x)
      forward(x, layer.kernels.constant, &y, Int64(n))
      backward(x, dy, layer.kernels.constant, &dx, Int64(n))
      expect(probe.output, y, layer.typeName)
      expect(probe.inputGradient, dx, layer.typeName)
    }
  }

  /// Channels fill vectors in part, several at a time, or with pixels side by side.
  @Test(arguments: [1, 3, 8, 17, 32, 65], InstructionSet.supported)
  func learnedSlopes(_ channels: Int, _ kernels: String) throws {
    let model = try model([PReLU(channels)], input: Shape(channels, 7, 9))
    let (x, dy) = (
      normals(model.input.elements, seed: Self.seed, 1), normals(model.input.elements, seed: Self.seed, 2)
    )
    let slopes = normals(channels, seed: Self.seed, 3)
    let probe = try Probe(
      model, input: x, gradient: dy, state: ["0.weight": Tensor(shape: [channels], values: slopes)],
      kernels: kernels)
    var (y, dx, dslopes) = (x, x, [Float](repeating: 0, count: channels))
    let (last, gradient) = (channelsLast(x, model.input), channelsLast(dy, model.input))
    quire_reference_prelu(last, slopes, &y, 63, Int64(channels))
    quire_reference_prelu_backward(last, gradient, slopes, &dx, 63, Int64(channels))
    quire_reference_prelu_slopes(last, gradient, 63, Int64(channels), &dslopes)
    expect(probe.output, channelsFirst(y, model.input), "output")
    expect(probe.inputGradient, channelsFirst(dx, model.input), "input's gradient")
    expect(try #require(probe.gradients["0.weight"]).values, dslopes, "slopes' gradient")
  }

  @Test(arguments: [1, 3, 4, 17, 31, 32, 33, 64, 67, 200], InstructionSet.supported)
  func dropoutIsPhiloxs(_ n: Int, _ kernels: String) throws {
    let kernels = try #require(quire_kernels_named(kernels))
    let (key, high, low): (UInt64, UInt64, UInt32) = (Self.seed << 20, 9 << 33 | 5, 77)
    let x = normals(n, seed: Self.seed, 1)
    var y = x
    kernels.pointee.dropout(x, &y, Int64(n), 0.3, key, high, low)
    for i in 0..<n {
      let block = quire_philox(key, high, UInt64(low) << 32 | UInt64(i / 4))
      let word = [block.x, block.y, block.z, block.w][i % 4]
      #expect(y[i] == (quire_unit(word) >= 0.3 ? x[i] * (1 / (1 - 0.3)) : 0), "element \(i)")
    }
  }

  @Test(arguments: InstructionSet.supported) func notANumberPassesThrough(_ kernels: String) throws {
    for layer in [
      ReLU(), LeakyReLU(), SiLU(), GELU(), Sigmoid(), Tanh(), Hardswish(), ReLU6(), PReLU(), MaxPool2d(2),
      BatchNorm2d(1),
      LogSoftmax(),
    ]
      as [any Layer]
    {
      let shape = layer is LogSoftmax ? Shape(features: 4) : Shape(1, 2, 2)
      let model = try model([layer], input: shape)
      let probe = try Probe(
        model, input: [1, .nan, 2, 3], gradient: [Float](repeating: 1, count: model.output.elements),
        kernels: kernels)
      #expect(probe.output.contains { $0.isNaN }, "\(layer.typeName)")
    }
  }

  private func expect(
    _ found: [Float], _ reference: [Float], _ what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let deviation = Deviation(found, reference)
    #expect(
      deviation.largest <= Self.tolerance, "\(what): \(deviation) (seed \(Self.seed))",
      sourceLocation: sourceLocation)
  }
}
