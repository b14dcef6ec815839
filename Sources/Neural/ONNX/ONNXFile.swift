import COnnx
import Support

/// An ONNX file: a graph with the shapes of its ends, and metadata.
struct ONNXFile: Sendable, Hashable {
  /// The network's name.
  var name: String
  var graph: ONNXGraph
  /// The shapes of one sample; files have a batch dimension of any size in front.
  var input: Shape
  var output: Shape
  var metadata: [String: String] = [:]

  /// The version of the operators; the first with all that the lowerings use is older.
  static let operatorVersion = 17
  /// The version of the format that belongs to ``operatorVersion``.
  static let formatVersion = 8
  /// The name of the dimension of the batch.
  static let batch = "batch"

  /// The metadata of a file's bytes; `nil` if they are no ONNX file.
  static func metadata(of bytes: [UInt8]) -> [String: String]? {
    guard let model = onnx__model_proto__unpack(nil, bytes.count, bytes) else { return nil }
    defer { onnx__model_proto__free_unpacked(model, nil) }
    guard model.pointee.graph != nil else { return nil }
    var metadata: [String: String] = [:]
    for index in 0..<model.pointee.n_metadata_props {
      guard let entry = model.pointee.metadata_props[index]?.pointee, let key = entry.key,
        let value = entry.value
      else { continue }
      metadata[String(cString: key)] = String(cString: value)
    }
    return metadata
  }

  /// The file's bytes. Equal contents give equal bytes.
  func bytes() -> [UInt8] {
    let arena = ONNXArena()
    return withExtendedLifetime(arena) {
      let model = arena.message(model(arena))
      let size = onnx__model_proto__get_packed_size(model)
      return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = buffer.baseAddress.map { onnx__model_proto__pack(model, $0) } ?? 0
      }
    }
  }

  private func model(_ arena: ONNXArena) -> Onnx__ModelProto {
    var version = Onnx__OperatorSetIdProto()
    onnx__operator_set_id_proto__init(&version)
    version.domain = arena.text("")
    version.has_version = 1
    version.version = Int64(Self.operatorVersion)

    var model = Onnx__ModelProto()
    onnx__model_proto__init(&model)
    model.has_ir_version = 1
    model.ir_version = Int64(Self.formatVersion)
    model.producer_name = arena.text("quire")
    model.producer_version = arena.text(Version.current)
    model.graph = arena.message(graph(arena))
    (model.opset_import, model.n_opset_import) = arena.messages([version])
    (model.metadata_props, model.n_metadata_props) = arena.messages(
      metadata.sorted { $0.key < $1.key }.map { pair in
        var entry = Onnx__StringStringEntryProto()
        onnx__string_string_entry_proto__init(&entry)
        entry.key = arena.text(pair.key)
        entry.value = arena.text(pair.value)
        return entry
      })
    return model
  }

  private func graph(_ arena: ONNXArena) -> Onnx__GraphProto {
    var message = Onnx__GraphProto()
    onnx__graph_proto__init(&message)
    message.name = arena.text(name)
    (message.node, message.n_node) = arena.messages(graph.nodes.map { $0.message(arena) })
    (message.initializer, message.n_initializer) = arena.messages(graph.constants.map { $0.message(arena) })
    (message.input, message.n_input) = arena.messages([value(ONNXGraph.input, input, arena)])
    (message.output, message.n_output) = arena.messages([value(ONNXGraph.output, output, arena)])
    return message
  }

  /// The declaration of a tensor of floats with a batch of samples of this shape.
  private func value(_ name: String, _ sample: Shape, _ arena: ONNXArena) -> Onnx__ValueInfoProto {
    func dimension(_ size: Int?) -> Onnx__TensorShapeProto__Dimension {
      var dimension = Onnx__TensorShapeProto__Dimension()
      onnx__tensor_shape_proto__dimension__init(&dimension)
      if let size {
        dimension.has_dim_value = 1
        dimension.dim_value = Int64(size)
      } else {
        dimension.dim_param = arena.text(Self.batch)
      }
      return dimension
    }
    var shape = Onnx__TensorShapeProto()
    onnx__tensor_shape_proto__init(&shape)
    (shape.dim, shape.n_dim) = arena.messages([dimension(nil)] + sample.dimensions.map(dimension))
    var tensor = Onnx__TypeProto__Tensor()
    onnx__type_proto__tensor__init(&tensor)
    tensor.has_elem_type = 1
    tensor.elem_type = ONNXConstant.floatType
    tensor.shape = arena.message(shape)
    var type = Onnx__TypeProto()
    onnx__type_proto__init(&type)
    type.tensor_type = arena.message(tensor)
    var value = Onnx__ValueInfoProto()
    onnx__value_info_proto__init(&value)
    value.name = arena.text(name)
    value.type = arena.message(type)
    return value
  }
}
