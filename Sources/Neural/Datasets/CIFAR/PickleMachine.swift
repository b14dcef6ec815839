/// The stack machine of ``Pickle``: executes one opcode at a time, with checks.
struct PickleMachine {
  private let bytes: [UInt8]
  private var position = 0
  /// The offset of the current opcode.
  private var opcodeOffset = 0
  private var stack: [(value: Pickle.Value, offset: Int)] = []
  private var marks: [Int] = []
  private var memo: [Int: Pickle.Value] = [:]

  /// The number of items in all lists, and of bytes written as text.
  private var listItems = 0
  private var decodedBytes = 0

  private static let stackLimit = 1 << 18
  private static let memoLimit = 1 << 18
  private static let listLimit = 1 << 18
  private static let tupleDepthLimit = 3

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Runs the program.
  ///
  /// - Throws: ``Pickle/Fault``.
  mutating func run() throws -> Pickle.Value {
    guard try take() == 0x80 else { throw fault("does not start with a protocol number") }
    let version = try take()
    guard (2...4).contains(version) else {
      throw fault("protocol \(version) is not supported; expected 2, 3 or 4")
    }
    while true {
      opcodeOffset = position
      let opcode = try take()
      if opcode == UInt8(ascii: ".") {
        guard stack.count == 1, marks.isEmpty else { throw fault("unused values at the end") }
        return try pop()
      }
      try execute(opcode)
    }
  }

  private mutating func execute(_ opcode: UInt8) throws {
    switch opcode {
    case 0x95: _ = try length(8)  // FRAME: the length of the following data, which is not needed
    case UInt8(ascii: "("):
      guard marks.count < 8 else { throw fault("nested too deeply") }
      marks.append(stack.count)
    case UInt8(ascii: "N"): try push(.none)
    case 0x88: try push(.bool(true))
    case 0x89: try push(.bool(false))
    case UInt8(ascii: "K"): try push(.integer(Int(little(1))))
    case UInt8(ascii: "M"): try push(.integer(Int(little(2))))
    case UInt8(ascii: "J"): try push(.integer(Int(Int32(truncatingIfNeeded: little(4)))))
    case 0x8A: try push(.integer(longInteger()))
    case UInt8(ascii: "U"), UInt8(ascii: "C"): try push(.bytes(slice(length(1))))
    case UInt8(ascii: "T"), UInt8(ascii: "B"): try push(.bytes(slice(length(4))))
    case 0x8E: try push(.bytes(slice(length(8))))
    case 0x8C: try push(.text(slice(length(1))))
    case UInt8(ascii: "X"): try push(.text(slice(length(4))))
    case 0x8D: try push(.text(slice(length(8))))
    case UInt8(ascii: "}"): try push(.dictionary(Pickle.Dictionary()))
    case UInt8(ascii: "]"): try push(.list(Pickle.List()))
    case UInt8(ascii: ")"): try push(tuple([]))
    case 0x85: try push(tuple([pop()]))
    case 0x86:
      let second = try pop()
      try push(tuple([pop(), second]))
    case 0x87:
      let (third, second) = (try pop(), try pop())
      try push(tuple([pop(), second, third]))
    case UInt8(ascii: "t"): try push(tuple(popToMark().map(\.value)))
    case UInt8(ascii: "q"): try remember(Int(little(1)))
    case UInt8(ascii: "r"): try remember(Int(little(4)))
    case 0x94: try remember(memo.count)
    case UInt8(ascii: "h"): try recall(Int(little(1)))
    case UInt8(ascii: "j"): try recall(Int(little(4)))
    case UInt8(ascii: "a"): try append([popItem()])
    case UInt8(ascii: "e"): try append(popToMark())
    case UInt8(ascii: "s"):
      let value = try popItem()
      try insert([popItem(), value])
    case UInt8(ascii: "u"): try insert(popToMark())
    case UInt8(ascii: "c"): try push(global(module: line(), name: line()))
    case 0x93:
      let (name, module) = (try pop(), try pop())
      try push(global(module: text(module), name: text(name)))
    case UInt8(ascii: "R"): try reduce()
    case UInt8(ascii: "b"): try build()
    default:
      throw fault("opcode 0x\(String(opcode, radix: 16)) is not used in CIFAR pickles")
    }
  }

  // MARK: Containers

  private func tuple(_ items: [Pickle.Value]) throws -> Pickle.Value {
    var depth = 1
    for item in items {
      switch item {
      case .tuple(let inner): depth = max(depth, inner.depth + 1)
      case .list, .dictionary, .array: throw fault("a tuple contains a list, a dictionary or an array")
      default: break
      }
    }
    guard depth <= Self.tupleDepthLimit else { throw fault("tuples are nested too deeply") }
    return .tuple(Pickle.Tuple(items: items, depth: depth))
  }

  private mutating func append(_ items: [(value: Pickle.Value, offset: Int)]) throws {
    guard case .list(let list)? = stack.last?.value else { throw fault("expected a list on the stack") }
    listItems += items.count
    guard listItems <= Self.listLimit else { throw fault("lists are too long") }
    for item in items {
      switch item.value {
      case .integer(let value): list.integers.append((value, item.offset))
      case .bytes, .text: list.otherItems += 1
      default: throw fault("a list contains something other than numbers and strings")
      }
    }
  }

  private mutating func insert(_ items: [(value: Pickle.Value, offset: Int)]) throws {
    guard case .dictionary(let dictionary)? = stack.last?.value else {
      throw fault("expected a dictionary on the stack")
    }
    guard items.count.isMultiple(of: 2) else { throw fault("a dictionary key has no value") }
    for index in stride(from: 0, to: items.count, by: 2) {
      if case .dictionary = items[index + 1].value { throw fault("a dictionary contains a dictionary") }
      dictionary.entries[try text(items[index].value)] = items[index + 1].value
    }
    guard dictionary.entries.count <= 64 else { throw fault("the dictionary is too large") }
  }

  // MARK: NumPy

  private func global(module: String, name: String) throws -> Pickle.Value {
    guard let global = Pickle.Global(module: module, name: name) else {
      throw fault("refers to '\(module.prefix(40)).\(name.prefix(40))', which is not allowed")
    }
    return .global(global)
  }

  /// The result of a call, without calling anything.
  private mutating func reduce() throws {
    guard case .tuple(let arguments) = try pop(), case .global(let global) = try pop() else {
      throw fault("a call without a name and arguments")
    }
    let items = arguments.items
    switch global {
    case .reconstruct:
      guard items.count == 3, case .global(.ndarray) = items[0] else {
        throw fault("_reconstruct of something other than an array")
      }
      try push(.array(Pickle.ByteArray()))
    case .dtype:
      guard let first = items.first, try text(first) == "u1" else {
        throw fault("an array of something other than bytes (u1)")
      }
      try push(.dtype(name: "u1"))
    case .encode:
      guard items.count == 2, case .text(let utf8) = items[0],
        ["latin1", "latin-1"].contains(try text(items[1]))
      else { throw fault("an encoding other than latin1") }
      let bytes = try latin1(utf8)
      try push(.bytes(bytes))
    case .ndarray: throw fault("an array that was not created with _reconstruct")
    }
  }

  /// Sets the contents of an array; the state of a data type (byte order, alignment) is irrelevant for bytes.
  private mutating func build() throws {
    guard case .tuple(let state) = try pop(), let target = stack.last?.value else {
      throw fault("a state without an object")
    }
    switch target {
    case .dtype: break
    case .array(let array):
      guard state.items.count == 5, case .tuple(let shape) = state.items[1],
        case .dtype = state.items[2], case .bytes(let contents) = state.items[4]
      else { throw fault("an array's state is not a shape, a type and bytes") }
      switch state.items[3] {
      case .bool(false), .integer(0): break
      default: throw fault("an array in Fortran order")
      }
      var dimensions: [Int] = []
      var product = 1
      for item in shape.items {
        guard case .integer(let dimension) = item, dimension >= 0 else {
          throw fault("an array's shape is not numbers")
        }
        let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
        guard !overflow else { throw fault("an array's shape is too large") }
        dimensions.append(dimension)
        product = next
      }
      guard product == contents.count else {
        throw fault("an array of shape \(dimensions) has \(contents.count) bytes")
      }
      array.contents = (dimensions, contents)
    default: throw fault("a state for something other than an array")
    }
  }

  private mutating func latin1(_ utf8: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
    decodedBytes += utf8.count
    guard decodedBytes <= bytes.count else { throw fault("the decoder makes no progress") }
    var result: [UInt8] = []
    result.reserveCapacity(utf8.count)
    var lead: UInt8?
    for byte in utf8 {
      switch (lead, byte) {
      case (nil, 0..<0x80): result.append(byte)
      case (nil, 0xC2...0xC3): lead = byte
      case (let first?, 0x80..<0xC0):
        result.append(first << 6 | byte & 0x3F)
        lead = nil
      default: throw fault("a byte string is not latin1 text")
      }
    }
    guard lead == nil else { throw fault("a byte string ends early") }
    return result[...]
  }

  // MARK: Stack and memo

  private mutating func push(_ value: Pickle.Value) throws {
    guard stack.count < Self.stackLimit else { throw fault("the stack grows too large") }
    stack.append((value, opcodeOffset))
  }

  private mutating func pop() throws -> Pickle.Value { try popItem().value }

  private mutating func popItem() throws -> (value: Pickle.Value, offset: Int) {
    guard stack.count > (marks.last ?? 0), let item = stack.popLast() else {
      throw fault("expected a value on the stack")
    }
    return item
  }

  private mutating func popToMark() throws -> [(value: Pickle.Value, offset: Int)] {
    guard let mark = marks.popLast() else { throw fault("missing mark") }
    let items = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return items
  }

  private mutating func remember(_ index: Int) throws {
    guard let value = stack.last?.value else { throw fault("nothing to memoize") }
    guard memo.count < Self.memoLimit else { throw fault("memoizes too many values") }
    memo[index] = value
  }

  private mutating func recall(_ index: Int) throws {
    guard let value = memo[index] else {
      throw fault("refers to memoized value \(index), which does not exist")
    }
    try push(value)
  }

  // MARK: Bytes

  private func fault(_ reason: String) -> Pickle.Fault { Pickle.Fault(reason: reason, offset: opcodeOffset) }

  private mutating func take() throws -> UInt8 {
    guard position < bytes.count else { throw fault("unexpected end of file") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func little(_ count: Int) throws -> UInt64 {
    var value: UInt64 = 0
    for shift in 0..<count { value |= UInt64(try take()) << (8 * UInt64(shift)) }
    return value
  }

  /// Reads a length, which must not exceed the remaining bytes.
  private mutating func length(_ count: Int) throws -> Int {
    let value = try little(count)
    guard value <= UInt64(bytes.count - position) else { throw fault("a part is longer than the file") }
    return Int(value)
  }

  private mutating func slice(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else { throw fault("a part is longer than the file") }
    position += count
    return bytes[position - count..<position]
  }

  /// Reads a two's complement integer of at most 8 bytes.
  private mutating func longInteger() throws -> Int {
    let count = Int(try take())
    guard count <= 8 else { throw fault("an integer of \(count) bytes is too large") }
    if count == 0 { return 0 }
    let shift = UInt64(64 - 8 * count)
    return Int(Int64(bitPattern: try little(count) << shift) >> Int64(shift))
  }

  /// Reads a line of at most 100 bytes.
  private mutating func line() throws -> String {
    let start = position
    while try take() != UInt8(ascii: "\n") {
      if position - start > 100 { throw fault("a name is too long") }
    }
    return String(decoding: bytes[start..<position - 1], as: UTF8.self)
  }

  private func text(_ value: Pickle.Value) throws -> String {
    switch value {
    case .bytes(let bytes), .text(let bytes):
      guard bytes.count <= 100 else { throw fault("a name is too long") }
      return String(decoding: bytes, as: UTF8.self)
    default: throw fault("expected a name")
    }
  }
}
