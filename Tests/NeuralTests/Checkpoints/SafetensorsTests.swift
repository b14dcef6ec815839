import Foundation
import Testing

@testable import Neural

struct SafetensorsTests {
  /// The bytes of a file with this header and data.
  private func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + Array(header.utf8) + data
  }

  private func failure(_ bytes: [UInt8]) -> CheckpointError? {
    #expect(throws: CheckpointError.self) { try Safetensors(bytes: bytes, file: "w.safetensors") }
  }

  @Test func `what is written is read back`() throws {
    let contents = Safetensors(
      tensors: [
        "b.weight": Tensor(shape: [2, 3], values: [0, -1, 2.5, .infinity, -0.0, 0x1p-140]),
        "a": Tensor(shape: [], values: [7]), "none": Tensor(shape: [0, 4], values: []),
      ],
      integers: ["n": .init(scalar: 1 << 40), "m": .init(shape: [2], values: [-1, 1])],
      metadata: ["epoch": "48", "note": "\"quoted\" \\ \n\t\u{1} ü 🏆"])
    let place = try TemporaryDirectory()
    try contents.write(to: place.file("w.safetensors"))
    #expect(try Safetensors(path: place.file("w.safetensors")) == contents)
    #expect(contents.bytes().count % 8 == 0 || !contents.tensors.isEmpty)
  }

  @Test func `the bytes are the reference implementation's`() {
    // safetensors 0.8: save({"b": [1.0], "a": [[2.0, 3.0]], "n": int64(5)}, metadata={"k": "v"})
    let contents = Safetensors(
      tensors: ["b": Tensor(shape: [1], values: [1]), "a": Tensor(shape: [1, 2], values: [2, 3])],
      integers: ["n": .init(scalar: 5)], metadata: ["k": "v"])
    let header =
      #"{"__metadata__":{"k":"v"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"#
      + #""a":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let data: [UInt8] = [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x3F]
    #expect(contents.bytes() == file(padded, data))
  }

  @Test func `half, bfloat16 and double become floats`() throws {
    let header =
      #"{"b":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"#
      + #""d":{"dtype":"F64","shape":[1],"data_offsets":[4,12]},"#
      + #""h":{"dtype":"F16","shape":[6],"data_offsets":[12,24]}}"#
    let halves: [UInt16] = [0x3C00, 0xC100, 0x0001, 0x7C00, 0x8000, 0x7BFF]
    let data: [UInt8] =
      [0x80, 0x3F, 0x20, 0xC0] + withUnsafeBytes(of: Double(0.1).bitPattern.littleEndian) { Array($0) }
      + halves.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let contents = try Safetensors(bytes: file(header, data), file: "x")
    #expect(contents.tensors["b"]?.values == [1, -2.5])
    #expect(contents.tensors["d"]?.values == [Float(0.1)])
    #expect(contents.tensors["h"]?.values == [1, -2.5, 0x1p-24, .infinity, -0.0, 65504])
    #expect(contents.tensors["h"]?.values[4].sign == .minus)
  }

  @Test func `a file that ends early says how much is missing`() {
    #expect(
      failure([1, 2, 3])?.description
        == "w.safetensors, byte 0: truncated file: 3 bytes, expected 8")
    #expect(
      failure(Array(file("{\"a\":{}}").prefix(12)))?.description
        == "w.safetensors, byte 0: truncated file: 12 bytes, expected 16")
    let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    #expect(failure(file(header, [0, 0, 0, 0]))?.fact == .truncated(found: 66, expected: 70))
  }

  @Test func `every prefix of a file is refused`() throws {
    let bytes = Safetensors(
      tensors: ["a": Tensor(shape: [3], values: [1, 2, 3])], metadata: ["k": "v"]
    ).bytes()
    for length in 0..<bytes.count { #expect(failure(Array(bytes.prefix(length))) != nil) }
    #expect(failure(bytes + [0])?.fact == .trailing(found: bytes.count + 1, expected: bytes.count))
  }

  @Test func `a deeply nested header is refused`() {
    #expect(failure(file("{\"a\":" + String(repeating: "[", count: 1 << 20))) != nil)
    #expect(failure(file(String(repeating: "{\"a\":", count: 1 << 18))) != nil)
  }

  @Test func `a huge header length is refused before it is believed`() {
    #expect(
      failure([255, 255, 255, 255, 255, 255, 255, 127, 123])?.fact
        == .headerTooLong(found: UInt64(Int64.max), limit: 1 << 24))
  }

  @Test(arguments: [
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}"#,
    #"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}"#,
    #"{"a":{"shape":[2],"data_offsets":[0,8]}}"#,
    #"{"__metadata__":{"a":1}}"#,
    #"{"a":5}"#, "{", "[]", "{}", "   ", "",
  ])
  func `a header that does not fit its data is refused`(header: String) {
    #expect(failure(file(header, Array(repeating: 0, count: 8))) != nil)
  }

  @Test func `random damage never crashes`() throws {
    let bytes = Safetensors(
      tensors: ["layer.weight": Tensor(shape: [4], values: [1, 2, 3, 4])],
      integers: ["layer.num_batches_tracked": .init(scalar: 3)], metadata: ["k": "v"]
    ).bytes()
    var random = RandomStream(seed: 7, .synthetic)
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0...random.below(4) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
      _ = try? Safetensors(bytes: damaged, file: "damaged")
    }
  }
}
