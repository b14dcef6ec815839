import COnnx
import Foundation

/// Owns the memory of protobuf messages, which refer to each other and to texts by pointers.
final class ONNXArena {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { for block in blocks { block.deallocate() } }

  /// A copy of a text with a zero at its end.
  func text(_ text: String) -> UnsafeMutablePointer<CChar>? { copy(text.utf8CString) }

  /// A copy of a message at a fixed place.
  func message<Message>(_ message: Message) -> UnsafeMutablePointer<Message>? { copy([message]) }

  /// Copies of messages, as an array of pointers to them, and their number.
  func messages<Message>(
    _ messages: [Message]
  ) -> (UnsafeMutablePointer<UnsafeMutablePointer<Message>?>?, Int) {
    (copy(messages.map { message($0) }), messages.count)
  }

  /// A copy of an array; `nil` if it is empty.
  func copy<Element>(_ elements: some Collection<Element>) -> UnsafeMutablePointer<Element>? {
    if elements.isEmpty { return nil }
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = buffer.initialize(from: elements)
    guard let start = buffer.baseAddress else { return nil }
    blocks.append(UnsafeMutableRawPointer(start))
    return start
  }
}

extension ONNXNode {
  func message(_ arena: ONNXArena) -> Onnx__NodeProto {
    var message = Onnx__NodeProto()
    onnx__node_proto__init(&message)
    message.name = arena.text(name)
    message.op_type = arena.text(type)
    message.input = arena.copy(inputs.map { arena.text($0) })
    message.n_input = inputs.count
    message.output = arena.copy([arena.text(output)])
    message.n_output = 1
    (message.attribute, message.n_attribute) = arena.messages(
      attributes.sorted { $0.key < $1.key }.map { $0.value.message($0.key, arena) })
    return message
  }
}

extension ONNXNode.Attribute {
  fileprivate func message(_ name: String, _ arena: ONNXArena) -> Onnx__AttributeProto {
    var message = Onnx__AttributeProto()
    onnx__attribute_proto__init(&message)
    message.name = arena.text(name)
    message.has_type = 1
    switch self {
    case .integer(let value):
      message.type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INT
      message.has_i = 1
      message.i = Int64(value)
    case .integers(let values):
      message.type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__INTS
      message.ints = arena.copy(values.map { Int64($0) })
      message.n_ints = values.count
    case .number(let value):
      message.type = ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__FLOAT
      message.has_f = 1
      message.f = Float(value)
    }
    return message
  }
}

extension ONNXConstant {
  /// The number of ONNX's type of single-precision numbers.
  static let floatType = Int32(ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT.rawValue)

  /// - Precondition: parameters are filled in.
  func message(_ arena: ONNXArena) -> Onnx__TensorProto {
    var message = Onnx__TensorProto()
    onnx__tensor_proto__init(&message)
    message.name = arena.text(name)
    message.dims = arena.copy(shape.map { Int64($0) })
    message.n_dims = shape.count
    message.has_data_type = 1
    message.has_raw_data = 1
    switch content {
    case .parameter: break
    case .numbers(let numbers):
      message.data_type = Self.floatType
      let bits = numbers.map(\.bitPattern.littleEndian)
      message.raw_data = arena.bytes(bits)
    case .integers(let integers):
      message.data_type = Int32(ONNX__TENSOR_PROTO__DATA_TYPE__INT64.rawValue)
      message.raw_data = arena.bytes(integers.map { Int64($0).littleEndian })
    }
    return message
  }
}

extension ONNXArena {
  /// A copy of the bytes of integers.
  fileprivate func bytes(_ integers: [some FixedWidthInteger]) -> ProtobufCBinaryData {
    integers.withUnsafeBytes { ProtobufCBinaryData(len: $0.count, data: copy($0)) }
  }
}
