import CKernels
import Testing

@testable import Neural

/// The Winograd kernels of both kernel sizes against the naive convolution, on every instruction set. Images are not a
/// multiple of the 4×4 output tile, or are smaller than a tile or the dilation; batches have one or several images;
/// channels are below, at and above a panel of 16.
@Suite struct WinogradTests {
  static let seed: UInt64 = 20_251_003

  /// The kernels that this processor supports, by name.
  static let instructionSets: [String] = (0...).lazy
    .map { quire_kernels_supported(Int32($0)) }.prefix { $0 != nil }.map { String(cString: $0!.pointee.name) }

  struct Case: Sendable, CustomStringConvertible {
    var kernel: Int
    var (images, height, width, dilation): (Int, Int, Int, Int)
    var (inputs, outputs): (Int, Int)

    var taps: Int { kernel * kernel }

    var problem: quire_winograd {
      quire_winograd(
        images: Int64(images), height: Int64(height), width: Int64(width), kernel: Int64(kernel),
        dilation: Int64(dilation), in_channels: Int64(inputs), out_channels: Int64(outputs), in_bf16: 0,
        out_bf16: 0,
        dx_bf16: 0, relu: 0)
    }
    var description: String {
      "\(kernel)×\(kernel) on \(images) × \(height)×\(width) dilation \(dilation), \(inputs) → \(outputs), "
        + "seed \(WinogradTests.seed)"
    }
  }

  static let cases = cases(kernel: 3) + cases(kernel: 5)

  private static func cases(kernel: Int) -> [Case] {
    let small = kernel == 3 ? [] : [(2, 2, 1), (6, 3, 1), (2, 7, 2), (6, 6, 1), (7, 7, 3)]
    let sizes =
      [
        (13, 11, 3), (7, 9, 1), (5, 5, 4), (1, 1, 1), (3, 3, 5), (4, 4, 1), (8, 8, 2), (16, 4, 1), (9, 2, 2),
        (33, 17, 2),
      ] + small
    let channels = [(1, 1), (1, 17), (3, 16), (15, 3), (16, 16), (17, 40), (32, 15), (40, 33)]
    return sizes.enumerated().flatMap { (index, size) in
      channels.enumerated().map { (other, channels) in
        Case(
          kernel: kernel, images: 1 + (index + other) % 3, height: size.0, width: size.1, dilation: size.2,
          inputs: channels.0, outputs: channels.1)
      }
    }
  }

  /// The largest relative errors. F(4×4, 5×5) multiplies rounding errors by 19, F(4×4, 3×3) by 5.
  func tolerances(_ test: Case) -> (output: Double, input: Double, weights: Double) {
    test.kernel == 3 ? (1.5e-6, 3e-6, 6e-6) : (4e-6, 5e-6, 6e-6)
  }

  /// A layer's operands. The weights are [tap][in][out], as in the engine.
  struct Operands {
    var (x, weights, bias, dy): ([Float], [Float], [Float], [Float])

    init(_ test: Case) {
      let pixels = test.images * test.height * test.width
      x = normals(pixels * test.inputs, seed: WinogradTests.seed, 1)
      weights = normals(test.taps * test.inputs * test.outputs, seed: WinogradTests.seed, 2)
      bias = normals(test.outputs, seed: WinogradTests.seed, 3)
      dy = normals(pixels * test.outputs, seed: WinogradTests.seed, 4)
    }
  }

  struct Results: Equatable {
    var (y, dx, weights, bias): ([Float], [Float], [Float], [Float])
  }

  func buffer(_ count: Int64) -> [Float] { [Float](repeating: .nan, count: Int(count)) }

  /// Runs all kernels, with buffers prefilled with NaN; weights in two ranges of blocks, gradients in calls of
  /// several images.
  func run(
    _ test: Case, _ o: Operands, _ name: String, imagesACall: Int, bf16Products: Bool = false
  ) throws -> Results {
    let k = try #require(quire_kernels_named(name)).pointee
    var all = test.problem
    var u = buffer(quire_winograd_weights_size(&all))
    var transposed = buffer(quire_winograd_transposed_size(&all))
    var du = buffer(quire_winograd_gradient_size(&all))
    let (blocks, half) = (quire_winograd_blocks(&all), quire_winograd_blocks(&all) / 2)
    k.winograd_weights(&all, o.weights, half, blocks - half, &u, &transposed)
    k.winograd_weights(&all, o.weights, 0, half, &u, &transposed)
    var backward = k.winograd_backward
    if bf16Products {
      backward = try #require(k.winograd_backward_bf16)
      transposed = buffer(quire_winograd_transposed_bf16_size(&all))
      k.winograd_transposed_bf16(&all, o.weights, half, blocks - half, &transposed)
      k.winograd_transposed_bf16(&all, o.weights, 0, half, &transposed)
    }

    var results = Results(
      y: buffer(Int64(o.dy.count)), dx: buffer(Int64(o.x.count)),
      weights: [Float](repeating: 1, count: o.weights.count), bias: [Float](repeating: 1, count: o.bias.count)
    )
    let padding = [Float](repeating: 0, count: (16 - test.outputs % 16) % 16)
    let inputs = test.height * test.width * test.inputs
    let outputs = test.height * test.width * test.outputs
    for first in stride(from: 0, to: test.images, by: imagesACall) {
      var part = test
      part.images = min(imagesACall, test.images - first)
      var p = part.problem
      var scratch = buffer(quire_winograd_forward_scratch(&p))
      results.y.withUnsafeMutableBufferPointer { y in
        k.winograd_forward(
          &p, Array(o.x[(first * inputs)...]), u, o.bias + padding, &scratch, y.baseAddress! + first * outputs
        )
      }
      scratch = buffer(quire_winograd_backward_scratch(&p))
      results.dx.withUnsafeMutableBufferPointer { dx in
        backward(
          &p, Array(o.x[(first * inputs)...]), Array(o.dy[(first * outputs)...]), transposed, &scratch, &du,
          first == 0 ? 1 : 0, dx.baseAddress! + first * inputs, &results.bias)
      }
    }
    k.winograd_weight_gradients(&all, du, half, blocks - half, &results.weights)
    k.winograd_weight_gradients(&all, du, 0, half, &results.weights)
    return results
  }

  func naive(_ test: Case, _ o: Operands) -> Results {
    let naive = NaiveConvolution(
      quire_convolution(
        height: Int64(test.height), width: Int64(test.width), in_channels: Int64(test.inputs),
        out_channels: Int64(test.outputs), kernel: Int64(test.kernel), stride: 1,
        padding: Int64(test.dilation * (test.kernel / 2)), dilation: Int64(test.dilation), groups: 1),
      images: test.images, x: o.x, weights: o.weights, bias: o.bias, dy: o.dy)
    return Results(y: naive.y, dx: naive.dx, weights: naive.weights, bias: naive.bias)
  }

  func error(_ found: [Float], _ expected: [Float], size: Double) -> Double {
    Deviation.norm(found, expected, size: size)
  }

  @Test(arguments: cases, instructionSets) func reference(_ test: Case, _ name: String) throws {
    let operands = Operands(test)
    let expected = naive(test, operands)
    let found = try run(test, operands, name, imagesACall: test.images)
    let terms = Double(test.images * test.height * test.width).squareRoot()
    let tolerances = tolerances(test)
    let (inputs, outputs) = (test.taps * test.inputs, test.taps * test.outputs)
    #expect(error(found.y, expected.y, size: Double(inputs).squareRoot()) <= tolerances.output, "output")
    #expect(
      error(found.dx, expected.dx, size: Double(outputs).squareRoot()) <= tolerances.input, "input's gradient"
    )
    #expect(error(found.weights, expected.weights, size: terms) <= tolerances.weights, "weights' gradient")
    #expect(error(found.bias, expected.bias, size: terms) <= 1e-6, "bias's gradient")
  }

  static let bf16InstructionSets = instructionSets.filter {
    quire_kernels_named($0)?.pointee.winograd_backward_bf16 != nil
  }

  /// Only for 3×3: the rounding errors of 5×5 would be 4.5%.
  @Test(arguments: cases(kernel: 3), bf16InstructionSets)
  func gradientsOfBF16Products(_ test: Case, _ name: String) throws {
    let operands = Operands(test)
    let expected = naive(test, operands)
    let found = try run(test, operands, name, imagesACall: test.images, bf16Products: true)
    let terms = Double(test.images * test.height * test.width).squareRoot()
    #expect(
      error(found.dx, expected.dx, size: Double(test.taps * test.outputs).squareRoot()) <= 3e-2,
      "input's gradient")
    #expect(error(found.weights, expected.weights, size: terms) <= 3e-2, "weights' gradient")
    #expect(error(found.bias, expected.bias, size: terms) <= 1e-6, "bias's gradient")
  }

  /// bf16 images give the same result as float images with the same values; dx is rounded where tiles overlap.
  @Test(arguments: instructionSets) func imagesOfBF16(_ name: String) throws {
    let k = try #require(quire_kernels_named(name)).pointee
    for test in Self.cases {
      var operands = Operands(test)
      func rounded(_ values: inout [Float]) -> [UInt16] {
        var halves = [UInt16](repeating: 0, count: values.count)
        k.to_bf16(values, &halves, Int64(values.count))
        k.from_bf16(halves, &values, Int64(values.count))
        return halves
      }
      let (x, dy) = (rounded(&operands.x), rounded(&operands.dy))
      let floats = try run(test, operands, name, imagesACall: test.images)

      var p = test.problem
      (p.in_bf16, p.out_bf16, p.dx_bf16) = (1, 1, 1)
      var u = buffer(quire_winograd_weights_size(&p))
      var transposed = buffer(quire_winograd_transposed_size(&p))
      var du = buffer(quire_winograd_gradient_size(&p))
      k.winograd_weights(&p, operands.weights, 0, quire_winograd_blocks(&p), &u, &transposed)
      let padding = [Float](repeating: 0, count: (16 - test.outputs % 16) % 16)
      var (y, dx) = (dy, x)
      var scratch = buffer(quire_winograd_forward_scratch(&p))
      k.winograd_forward(&p, x, u, operands.bias + padding, &scratch, &y)
      scratch = buffer(quire_winograd_backward_scratch(&p))
      k.winograd_backward(&p, x, dy, transposed, &scratch, &du, 1, &dx, nil)
      var weights = [Float](repeating: 1, count: operands.weights.count)
      k.winograd_weight_gradients(&p, du, 0, quire_winograd_blocks(&p), &weights)

      var expected = floats.y
      #expect(y == rounded(&expected), "output of \(test)")
      #expect(weights == floats.weights, "weights' gradient of \(test)")
      var found = floats.dx
      k.from_bf16(dx, &found, Int64(dx.count))
      #expect(error(found, floats.dx, size: 0) <= 4e-3, "input's gradient of \(test)")
    }
  }

  @Test(arguments: instructionSets, [3, 5]) func anImageDoesNotDependOnOthers(_ name: String, kernel: Int)
    throws
  {
    let test = Case(
      kernel: kernel, images: 5, height: 13, width: 11, dilation: 3, inputs: 17, outputs: 40)
    let operands = Operands(test)
    let together = try run(test, operands, name, imagesACall: 5)
    let expected = naive(test, operands)
    for count in [1, 2] {
      let apart = try run(test, operands, name, imagesACall: count)
      #expect(apart.y == together.y)
      #expect(apart.dx == together.dx)
      #expect(error(apart.weights, expected.weights, size: 1) <= 6e-6, "weights' gradient")
      #expect(error(apart.bias, expected.bias, size: 1) <= 1e-6, "bias's gradient")
    }
  }

  @Test(arguments: instructionSets, [3, 5]) func notANumberPassesThrough(_ name: String, kernel: Int) throws {
    let test = Case(
      kernel: kernel, images: 1, height: 9, width: 9, dilation: 1, inputs: 3, outputs: 5)
    var operands = Operands(test)
    operands.x[40 * test.inputs] = .nan
    let forward = try run(test, operands, name, imagesACall: 1)
    #expect((0..<5).allSatisfy { forward.y[40 * 5 + $0].isNaN })
    #expect(forward.weights.contains { $0.isNaN })
    operands = Operands(test)
    operands.dy[40 * test.outputs] = .nan
    let backward = try run(test, operands, name, imagesACall: 1)
    #expect((0..<3).allSatisfy { backward.dx[40 * 3 + $0].isNaN })
  }

  @Test(arguments: [3, 5]) func paysWithEnoughChannels(kernel: Int) {
    for (channels, pays) in [(1, 0), (3, 0), (16, 1), (64, 1)] {
      var p = Case(
        kernel: kernel, images: 1, height: 32, width: 32, dilation: 2, inputs: channels, outputs: 32
      ).problem
      #expect(quire_winograd_pays(&p) == pays, "\(channels)")
    }
  }
}
