/// Notebooks with faults that do not depend on each other.
extension IndependentFaultsTests {
  private static let data = "let data = loadData(.synthetic(train: 100, test: 50), batchSize: 20)"

  static let samples = [
    Sample(
      "a fault of each kind",
      """
      ```swift
      \(data)
      let rate: Int = "fast"  // fault: cannot convert value of type 'String' to specified type 'Int'
      ```

      ```swift
      let model = buildModel("M") {
        Conv2d(3, 8, kernelSize: 3)
        Conv2d(9, 16, kernelSize: 3)  // fault: expects 9 input channels, found 8×30×30
        Dropout2d(1.5)  // fault: p must be at least 0 and below 1, found 1.5
        BatchNorm2d(32)  // fault: expects 32 input channels, found 16×28×28
        AdaptiveAvgPool2d(1); Flatten(); Linear(16, 10); LogSoftmax()
      }
      ```

      ```swift
      let flowers = loadData(.imageFolder("flowers"))  // fault: flowers not found
      let history = train(
        model, on: data,
        epochs: 0,  // fault: epochs must be in 1…100,000, found 0
        optimizer: .sgd(),
        schedule: .oneCycle(maxLR: 0.1))  // fault: cycles the momentum, but SGD has none
      plot(.history(histry))  // fault: cannot find 'histry' in scope
      ```
      """),
    Sample(
      "a file for a model with errors",
      """
      ```swift
      let model = buildModel("M") {
        Conv2d(3, 8, kernelSize: 3)
        Conv2d(9, 16, kernelSize: 3)  // fault: expects 9 input channels
        AdaptiveAvgPool2d(1); Flatten(); Linear(16, 10); LogSoftmax()
      }
      loadWeights(model, from: "missing.safetensors")  // fault: missing.safetensors
      ```

      ```swift
      let numbers = loadData(.synthetic(train: 20, test: 10, target: .size), batchSize: 10)
      predict(model, ["cat.png"], on: numbers)  // fault: needs data with classes & cat.png
      ```
      """),
    Sample(
      "names of PyTorch's modules",
      """
      ```swift
      let model = buildModel("M") {
        nn.Conv2d(3, 8)  // fault: cannot find 'nn' & missing argument for parameter 'kernelSize'
        torch.nn.Conv2d(9, 16, kernelSize: 3)  // fault: cannot find 'torch'
        AdaptiveAvgPool2d(1); Flatten(); Linear(16, 10)
        nn.LogSoftmax(dim: 1)  // fault: cannot find 'nn' & argument passed to call that takes no arguments
      }
      ```
      """),
    Sample(
      "a path without a name",
      """
      ```swift
      let data = loadData(.imageFolder(""))  // fault: the path of the image folder is empty
      ```
      """),
    Sample(
      "layers without end",
      """
      ```swift
      var layer = Sequential { ReLU() }
      for _ in 0..<100_000 {
        layer = Sequential { layer }  // fault: layers are nested too deeply; the maximum is 100 levels
      }
      ```
      """),
    Sample(
      "several faults in one call",
      """
      ```swift
      \(data)
      let model = buildModel("M") { Flatten(); Linear(3072, 5); LogSoftmax() }
      train(model, on: data, epochs: 2, loss: .mse, target: 3)  // fault: needs numbers as targets
      let other = Optimizer.adam(learningRate: -1, beta1: 2, beta2: "x")  // fault: learningRate must & beta1 must & cannot convert
      let augmented = loadData(.synthetic(train: 0), batchSize: 0, validation: 1)  // fault: train must be & batchSize must be & validation must be
      train(model, on: data, epochs: 5, optimizer: .sgd(), schedule: .oneCycle(maxLR: 0.1, totalSteps: 3))  // fault: predicts 5 classes & cycles the momentum & totalSteps is 3
      ```
      """),
    Sample(
      "faults of several elements and operands",
      """
      ```swift
      let list = [
        Augmentation.horizontalFlip(p: 2),  // fault: horizontalFlip: p must be
        .shiftScaleRotate(rotateLimit: 400),  // fault: rotateLimit must be
      ]
      print([1][3] + [1][4], "\\([1][5])")  // fault: index 3 & index 4 & index 5
      ```
      """),
    Sample(
      "a syntax error leaves the other statements and cells checked",
      """
      ```swift
      let width = 8 +  // fault: expected expression
      let depth = [1][2]  // fault: index 2 is out of range
      ```

      ```swift
      let net = buildModel("N") { Conv2d(3, width, kernelSize: 0) }  // fault: kernelSize must be
      print(width, depth, net)
      print([1][7])  // fault: index 7 is out of range
      ```

      The width is `{swift} width`.
      """),
    Sample(
      "an unclosed brace: its cell's names are unknown, not missing",
      """
      ```swift
      func twice(_ n: Int) -> Int {
        let size = 3
        return 2 * n
      let count = 4  // fault: expected '}' to end function
      ```

      ```swift
      print(twice(count), size)
      print([1][7])  // fault: index 7 is out of range
      ```
      """),
    Sample(
      "unsupported declarations: their names are unknown, not missing",
      """
      ```swift
      class Net { var layers = 3 }  // fault: classes are not supported
      let net = Net()
      print(net.layers)
      protocol Shape { }  // fault: protocols are not supported
      func area(_ shape: Shape) -> Double { 1 }
      print([1][area(net) > 0 ? 7 : 8])
      let n = [1][9]  // fault: index 9 is out of range
      ```
      """),
    Sample(
      "what a broken statement would have changed is unknown",
      """
      ```swift
      var n = 5
      var list = [1, 2]
      var table = ["a": 1]
      n = "nine"  // fault: cannot assign value of type 'String' to type 'Int'
      list.append("x")  // fault: cannot convert value
      table["b"] = "y"  // fault: cannot assign value
      ```

      ```swift
      print([1][n], list[7], list[n])
      n = 0
      print([1][n + 7])  // fault: index 7 is out of range
      ```
      """),
    Sample(
      "a variable without a fault keeps its value",
      """
      ```swift
      var rate = 2.0
      let a: Int = rate  // fault: cannot convert
      func f() -> Int { return "x" }  // fault: cannot convert return expression
      let flip = Augmentation.horizontalFlip(p: rate)  // fault: p must be in 0…1, found 2.0
      let b = [1][f()]
      let c = [1][a]
      ```
      """),
    Sample(
      "layers after one whose shape is unknown",
      """
      ```swift
      let broken: Int = 1.5  // fault: cannot convert
      let net = buildModel("N") {
        Conv2d(3, 16, kernelSize: "three")  // fault: cannot convert
        BatchNorm2d(32)
        Conv2d(64, 8, kernelSize: 3)  // fault: expects 64 input channels, found 32 channels
        AdaptiveAvgPool2d(1)
        Flatten()
        Linear(9, 10)  // fault: expects 9 features, found 8
        Linear(11, broken)
        LogSoftmax()
      }
      summary(net)
      ```
      """),
    Sample(
      "layers in blocks, sequences, residuals and loops",
      """
      ```swift
      let net = buildModel("N") {
        Block("stem") {
          Conv2d(3, 8, kernelSize: 3, padding: 1)
          BatchNorm2d(9)  // fault: expects 9 input channels, found 8×32×32
        }
        Sequential {
          for _ in 0..<2 {
            Conv2d(8, 8, kernelSize: 40)  // fault: the window covers 40 pixels
          }
        }
        Residual { Conv2d(8, 16, kernelSize: 3, stride: 2) }
        Conv2d(17, 4, kernelSize: 1)
        Residual { Conv2d(4, 4, kernelSize: 3) }
        AdaptiveAvgPool2d(2)
        Residual { Conv2d(4, 4, kernelSize: 2) }  // fault: both must have the same shape
        Linear(64, 10)
        BatchNorm1d(12)  // fault: expects 12 features, found 10
      }
      ```
      """),
    Sample(
      "a layer that disagrees with those around it is reported once",
      """
      ```swift
      let net = buildModel("N") {
        Conv2d(3, 16, kernelSize: 3)
        BatchNorm2d(32)  // fault: expects 32 input channels, found 16×30×30
        PReLU(16)
        AdaptiveAvgPool2d(1); Flatten()
        Linear(16, 10)
      }
      let other = buildModel("O") {
        Conv2d(3, 16, kernelSize: 3)
        BatchNorm2d(32)  // fault: expects 32 input channels, found 16×30×30
        ReLU(); AdaptiveAvgPool2d(2); Flatten()
        Linear(128, 10)
      }
      let third = buildModel("T") {
        Conv2d(3, 16, kernelSize: 3)
        BatchNorm2d(32)  // fault: expects 32 input channels, found 16×30×30
        Conv2d(8, 4, kernelSize: 3)  // fault: expects 8 input channels, found 16×30×30
      }
      ```
      """),
    Sample(
      "a bad augmentation or a missing file hides no other, and not the data",
      """
      ```swift
      let data = loadData(
        .synthetic(train: 100, test: 50), batchSize: 20,
        augmentation: [
          .randomCrop(40, 40),  // fault: cannot crop 40×40
          .normalize(),  // fault: must be last
          .coarseDropout(maxHeight: 99),  // fault: maxHeight must be 1…32, found 99
        ])
      let other = loadData(
        .synthetic(train: 100, test: 50), batchSize: 20,
        augmentation: [.horizontalFlip(p: 2)])  // fault: p must be
      let model = buildModel("M") { Flatten(); Linear(3072, 5); LogSoftmax() }
      train(model, on: data, epochs: 1)  // fault: predicts 5 classes but the data has 10
      evaluate(model, on: other)  // fault: predicts 5 classes but the data has 10
      ```

      ```swift
      let ten = buildModel("T") { Flatten(); Linear(3072, 10); LogSoftmax() }
      predict(ten, ["a.png", "b.png"], on: data)  // fault: a.png & b.png
      ```
      """),
    Sample(
      "a missing Flatten hides nothing else",
      """
      ```swift
      let net = buildModel("N") {
        Conv2d(3, 8, kernelSize: 3, stride: 2)
        AdaptiveAvgPool2d(1)
        Linear(8, 10)  // fault: 8 features (put Flatten() before it)
        Linear(12, 10)  // fault: expects 12 features, found 10
        Conv2d(10, 4, kernelSize: 1)  // fault: expects 10 input channels, found 10
        BatchNorm2d(5)  // fault: expects 5 input channels, found 4 channels
      }
      ```
      """),
    Sample(
      "a training is checked without its model, its data or its epochs",
      """
      ```swift
      let data = loadData(.imageFolder("flowers"))  // fault: flowers not found
      let model = buildModel("M") { Flatten(); Linear(3072, 10) }
      let other = buildModel("O") { Linear(3072, 10) }  // fault: 3072 features
      train(model, on: data, epochs: 2)  // fault: does not fit a model that ends in Linear
      train(other, on: data, epochs: -1, optimizer: .sgd(), schedule: .cyclic(baseLR: 0.1, maxLR: 0.2))  // fault: epochs must be & cycles the momentum
      evaluate(other, on: data)
      ```
      """),
    Sample(
      "a misspelt label does not hide the call's other faults",
      """
      ```swift
      let data = loadData(.synthetic(train: 100, test: 50), batchsize: 20, validation: 2)  // fault: incorrect argument label & validation must be
      let flip = Augmentation.horizontalFlip(probability: 0.5)  // fault: incorrect argument label
      let net = buildModel("N", inputsize: 32) {  // fault: incorrect argument label
        Conv2d(4, 8, kernelSize: 3)  // fault: expects 4 input channels, found 3×32×32
      }
      ```
      """),
    Sample(
      "a name that is defined later is reported once",
      """
      ```swift
      print(model, data)  // fault: cannot find 'model' in scope & cannot find 'data' in scope
      summary(model)
      print([1][2])  // fault: index 2
      ```

      ```swift
      \(data)
      let model = buildModel("M") { Flatten() }
      print(data, [1][3])  // fault: index 3
      ```
      """),
    Sample(
      "functions, closures and conditions",
      """
      ```swift
      func pick(_ n: Int) -> Int {
        let wrong: String = n  // fault: cannot convert
        return [1, 2][n + 5]  // fault: index 6 is out of range
      }
      print(pick(1))
      if undefined > 3 {  // fault: cannot find 'undefined' in scope
        print([1][8])
      }
      let sizes = [1, 2].map { $0 + "a" }  // fault: binary operator '+' cannot be applied
      for i in 0..<3 {
        let x: Int = 2.5  // fault: cannot convert
        print([1, 2][i], x)  // fault: index 2 is out of range
      }
      ```
      """),
  ]
}
