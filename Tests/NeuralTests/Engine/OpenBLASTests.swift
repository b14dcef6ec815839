import CKernels
import COpenBLAS
import Testing

@testable import Neural

/// OpenBLAS, where the engine uses it, against our own kernels. Without the library, or with `QUIRE_OPENBLAS=off`,
/// both sides use our own.
@Suite struct OpenBLASTests {
  /// Every instruction set of the machine, and again without OpenBLAS where it would be used.
  static let contenders: [(kernels: String, usesOpenBLAS: Bool)] = InstructionSet.supported.flatMap { name in
    let usesOpenBLAS = quire_kernels_named(name)?.pointee.openblas_computes_gradients == 1
    return usesOpenBLAS ? [(name, true), (name, false)] : [(name, true)]
  }

  private static let seed: UInt64 = 20_260_712

  @Test func itsNameHasAVersion() {
    guard let name = quire_openblas_name().map({ String(cString: $0) }) else { return }
    #expect(name.contains(/^OpenBLAS \d+\.\d+/), "\(name)")
  }

  /// C = A·B or C += A·B; memory next to C is unchanged.
  @Test(arguments: [false, true], [false, true])
  func computesAProduct(transposed: Bool, accumulates: Bool) {
    let (rows, columns, depth, stride) = (37, 19, 53, 64)
    let a = normals(64 * stride, seed: Self.seed, 1)
    let b = normals(depth * stride, seed: Self.seed, 2)
    let before = normals(rows * stride, seed: Self.seed, 3)
    var c = before
    let isThere = quire_openblas_product(
      Int64(rows), Int64(columns), Int64(depth), a, Int64(stride), transposed ? 1 : 0, b, Int64(stride),
      accumulates ? 1 : 0, &c, Int64(stride))
    #expect((isThere != 0) == (quire_openblas_name() != nil))
    guard isThere != 0 else { return #expect(c == before) }
    var expected = before
    for row in 0..<rows {
      for column in 0..<columns {
        let sum = (0..<depth).reduce(0.0) { sum, k in
          sum + Double(a[transposed ? k * stride + row : row * stride + k]) * Double(b[k * stride + column])
        }
        expected[row * stride + column] = Float(
          (accumulates ? Double(before[row * stride + column]) : 0) + sum)
      }
    }
    let deviation = Deviation(c, expected)
    #expect(deviation.largest <= 1e-5, "\(deviation)")
  }

  struct Sizes: Sendable, CustomStringConvertible {
    var rows: Int
    var columns: Int
    var segments: Int
    var length: Int
    var description: String { "\(rows)×\(columns), \(segments)·\(length)" }
  }
  /// Sizes below, at and above the blocks of 64 rows, 64 columns and depth 256.
  static let sizes = [
    Sizes(rows: 1, columns: 1, segments: 1, length: 1),
    Sizes(rows: 64, columns: 64, segments: 1, length: 256),
    Sizes(rows: 65, columns: 17, segments: 9, length: 31),
    Sizes(rows: 63, columns: 130, segments: 3, length: 100),
    Sizes(rows: 130, columns: 65, segments: 1, length: 257),
    Sizes(rows: 7, columns: 80, segments: 4, length: 150),
  ]

  /// The product in kernels.h, in all its variants.
  @Test(arguments: sizes, [1, 5]) func productIsTheKernels(_ sizes: Sizes, step: Int) throws {
    let kernels = try #require(quire_kernels_named("portable"))
    guard let openBLAS = kernels.pointee.product_openblas, quire_openblas_name() != nil else { return }
    let depth = sizes.segments * sizes.length
    let a = normals(sizes.rows * 3 + depth * step + sizes.segments * 11, seed: Self.seed, 1)
    let b = normals(panels(sizes.columns) * depth * 16, seed: Self.seed, 2)
    let bias = normals(panels(sizes.columns) * 16, seed: Self.seed, 3)
    let rows = (0..<sizes.rows).map { Int32($0 * 3) }
    let segments = (0..<sizes.segments).map { Int32($0 * (sizes.length * step + 11)) }
    let width = sizes.columns + 3
    let cRows = (0..<sizes.rows).map { Int32((sizes.rows - 1 - $0) * width) }
    for (hasBias, accumulate, relu) in [(false, 0, 0), (true, 0, 1), (false, 1, 0)] as [(Bool, Int32, Int32)]
    {
      func computed(_ body: (inout quire_product) -> Void) -> [Float] {
        var c = normals(sizes.rows * width, seed: Self.seed, 4)
        c.withUnsafeMutableBufferPointer { c in
          a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
              rows.withUnsafeBufferPointer { rows in
                segments.withUnsafeBufferPointer { segments in
                  cRows.withUnsafeBufferPointer { cRows in
                    bias.withUnsafeBufferPointer { bias in
                      guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress,
                        let rows = rows.baseAddress, let segments = segments.baseAddress,
                        let cRows = cRows.baseAddress
                      else { return }
                      var product = quire_product(
                        a: a, rows: rows, segments: segments, a_step: Int64(step), b: b,
                        bias: hasBias ? bias.baseAddress : nil, c: c, c_rows: cRows,
                        row_count: Int64(sizes.rows), segment_count: Int64(sizes.segments),
                        length: Int64(sizes.length), columns: Int64(sizes.columns), accumulate: accumulate,
                        relu: relu, c_bf16: 0)
                      body(&product)
                    }
                  }
                }
              }
            }
          }
        }
        return c
      }
      let deviation = Deviation(
        computed { #expect(openBLAS(&$0) != 0) }, computed { kernels.pointee.product(&$0) })
      #expect(deviation.largest <= 1e-5, "bias \(hasBias), accumulate \(accumulate): \(deviation)")
    }
  }

  /// A Linear layer above the size at which OpenBLAS is used, with inputs that are not a multiple of the block
  /// size.
  private func network() throws -> Model {
    try Model("Large", input: Shape(3, 9, 9), seed: 2) {
      Conv2d(3, 20, kernelSize: 3, padding: 1)
      ReLU()
      Conv2d(20, 10, kernelSize: 1)
      Flatten()
      Linear(810, 83)
      ReLU()
      Linear(83, 5)
    }
  }

  private func probe(_ threads: Int, _ contender: (kernels: String, usesOpenBLAS: Bool)) throws -> Probe {
    let model = try network()
    return try Probe(
      model, input: normals(21 * model.input.elements, seed: Self.seed, 1),
      gradient: normals(21 * 5, seed: Self.seed, 2), threads: threads, kernels: contender.kernels,
      usesOpenBLAS: contender.usesOpenBLAS)
  }

  @Test(arguments: contenders) func weightGradientsAreTheNaiveOnes(kernels: String, usesOpenBLAS: Bool) throws
  {
    let (inputs, outputs, count) = (810, 83, 21)
    let model = try model([Linear(inputs, outputs)], input: Shape(features: inputs))
    let x = normals(count * inputs, seed: Self.seed, 1)
    let dy = normals(count * outputs, seed: Self.seed, 2)
    let probe = try Probe(model, input: x, gradient: dy, kernels: kernels, usesOpenBLAS: usesOpenBLAS)
    var weights = [Float](repeating: 0, count: inputs * outputs)
    for o in 0..<outputs {
      for i in 0..<inputs {
        let sum = (0..<count).reduce(0.0) { $0 + Double(x[$1 * inputs + i]) * Double(dy[$1 * outputs + o]) }
        weights[o * inputs + i] = Float(sum)
      }
    }
    let deviation = Deviation(try #require(probe.gradients["0.weight"]).values, weights)
    #expect(deviation.largest <= 1e-5 && deviation.norm <= 1e-5, "\(deviation)")
  }

  /// 70 threads are more than the library supports.
  @Test(arguments: contenders) func threadsChangeNothing(kernels: String, usesOpenBLAS: Bool) throws {
    let one = try probe(1, (kernels, usesOpenBLAS))
    for threads in [2, 3, 70] {
      let many = try probe(threads, (kernels, usesOpenBLAS))
      #expect(many.output == one.output && many.inputGradient == one.inputGradient, "\(threads) threads")
      for (name, gradient) in one.gradients {
        #expect(many.gradients[name]?.values == gradient.values, "\(name), \(threads) threads")
      }
    }
  }

  @Test(arguments: InstructionSet.supported) func onAndOffAgree(kernels: String) throws {
    let (on, off) = (try probe(1, (kernels, true)), try probe(1, (kernels, false)))
    #expect(Deviation(on.output, off.output).largest <= 1e-5)
    for (name, gradient) in off.gradients {
      let deviation = Deviation(try #require(on.gradients[name]).values, gradient.values)
      #expect(deviation.largest <= 1e-5, "\(name): \(deviation)")
    }
  }

  /// A batch of a large layer allocates as little as that of a small one: nothing.
  @Test func aStepAllocatesNothing() throws {
    let model = try network()
    let plan = try Plan(model, batchSize: 8, loss: .crossEntropy(), threads: 1, seed: 1)
    let images = normals(8 * model.input.elements, seed: 1)
    let labels = (0..<8).map { Int32($0 % 5) }
    _ = try plan.trainStep(images: images, labels: labels, count: 8, step: 0)
    let count = try allocations { _ = try plan.trainStep(images: images, labels: labels, count: 8, step: 1) }
    #expect(count ?? 0 == 0)
  }
}
