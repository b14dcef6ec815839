import Testing

@testable import Neural

@Suite struct ReceptiveFieldTests {
  @Test func theAssignmentsBlocksSee7Then13Then25Then49Pixels() throws {
    let field = ReceptiveField(try Model.cifar10Net())
    let blocks = field.rows.filter { $0.name.hasPrefix("block") }
    #expect(blocks.map { $0.progression.last ?? 0 } == [7, 13, 25, 49])
    #expect(blocks[0].progression == [1, 3, 5, 7])
    #expect(blocks[3].progression == [25, 33, 41, 49])
    #expect(field.final == 49)
    #expect(field.withGlobalPooling == 79)
    #expect(field.rows.first { $0.name == "transition4" }?.jump == 2)
  }

  @Test func theWiderOfTwoPathsCounts() throws {
    let model = try Model("R", input: Shape(4, 16, 16)) {
      Residual {
        Conv2d(4, 4, kernelSize: 3, padding: 1)
        Conv2d(4, 4, kernelSize: 3, padding: 1)
      }
      Conv2d(4, 4, kernelSize: 3, padding: 1)
    }
    #expect(ReceptiveField(model).final == 7)
  }

  @Test func aShortcutsStrideIsNoWiderPath() throws {
    let model = try Model("R", input: Shape(4, 16, 16)) {
      Residual(shortcut: { Conv2d(4, 8, kernelSize: 1, stride: 2) }) {
        Conv2d(4, 8, kernelSize: 3, stride: 2, padding: 1)
      }
      Conv2d(8, 8, kernelSize: 3, padding: 1)
    }
    // 3, then 2·2 = 4 more.
    #expect(ReceptiveField(model).final == 7)
  }

  @Test func poolingAndStrideWidenLaterSteps() throws {
    let model = try Model("P", input: Shape(3, 16, 16)) {
      Conv2d(3, 4, kernelSize: 3, padding: 1)
      MaxPool2d(2)
      Conv2d(4, 4, kernelSize: 3, padding: 1)
    }
    // 3, then (2-1)·1 = 4, then (3-1)·2 = 8.
    #expect(ReceptiveField(model).final == 8)
  }
}
