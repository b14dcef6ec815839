extension Plan {
  /// The kernel that computes an operation in training; `nil` for operations that have only one.
  public static func kernel(
    of operation: any Operation, input: Shape, output: Shape, batchSize: Int, precision: Precision = .float32
  ) -> KernelChoice? {
    switch operation {
    case let conv as Conv2d:
      let options = CompilerOptions(batchSize: batchSize, trains: true, precision: precision.supported)
      return ConvolutionKernel(conv.convolution, input: input, output: output, options: options)
        .choice(for: conv.convolution)
    case is Linear: return KernelChoice(name: "linear product", reason: "batch at once")
    default: return nil
    }
  }
}
