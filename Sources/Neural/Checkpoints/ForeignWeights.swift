import Foundation
import Support

/// A format of weights that Quire does not read. Its error shows the lines of Python that convert a file.
public enum ForeignWeights: String, Sendable, Hashable, CaseIterable {
  /// PyTorch's format: a pickle, in a zip archive since PyTorch 1.6.
  case pytorch
  /// Keras's formats, HDF5 and a zip archive.
  case keras
  /// ONNX.
  case onnx
  /// An array, or an archive of arrays, of NumPy.
  case numpy
  /// A format without a converter here: llama.cpp's, TensorFlow's, TensorFlow Lite's.
  case other

  /// Recognises a file that is not a safetensors file, by its first bytes and its extension.
  init?(path: String, start: [UInt8]) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    func ends(with endings: String...) -> Bool { endings.contains { name.hasSuffix(".\($0)") } }
    let isZip = start.starts(with: [0x50, 0x4B, 0x03, 0x04])
    if ends(with: "keras", "h5", "hdf5") || start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      self = .keras
    } else if ends(with: "npz", "npy") || start.starts(with: [0x93, 0x4E, 0x55, 0x4D]) {
      self = .numpy
    } else if ends(with: "onnx") {
      self = .onnx
    } else if ends(with: "gguf", "ggml", "tflite", "pb") || start.starts(with: Array("GGUF".utf8)) {
      self = .other
    } else if isZip || (start.count > 1 && start[0] == 0x80 && (2...5).contains(start[1]))
      || ends(with: "pth", "pt", "ckpt", "bin", "tar", "pkl", "pickle", "th")
    {
      self = .pytorch
    } else {
      return nil
    }
  }

  /// The format's name.
  var name: String {
    switch self {
    case .pytorch: "a PyTorch file"
    case .keras: "a Keras file"
    case .onnx: "an ONNX file"
    case .numpy: "a NumPy file"
    case .other: "not a safetensors file"
    }
  }

  /// Instructions for a file, with the lines of Python that convert it.
  func advice(_ path: String) -> String {
    let source = Self.quoted(path)
    let target = Self.quoted(Self.converted(path))
    var lines: [String]
    var end = ""
    switch self {
    case .pytorch:
      // Lightning's checkpoints contain the weights under this key.
      let key = path.lowercased().hasSuffix(".ckpt") ? "[\"state_dict\"]" : ""
      lines = [
        "import torch, safetensors.torch",
        "state = torch.load(\(source), map_location=\"cpu\", weights_only=True)\(key)",
        "safetensors.torch.save_file({k: v.contiguous().clone() for k, v in state.items()}, \(target))",
      ]
      if key.isEmpty {
        end =
          "\nif the file contains more than the weights, add [\"state_dict\"] (or its key) to the second line"
      }
    case .keras:
      lines = [
        "import keras, safetensors.numpy",
        "model = keras.models.load_model(\(source))",
        "safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, \(target))",
      ]
      end = "\nthen rename and transpose the tensors: Keras has other names, and channels last"
    case .onnx:
      lines = [
        "import onnx, onnx.numpy_helper, safetensors.numpy",
        "tensors = onnx.load(\(source)).graph.initializer",
        "safetensors.numpy.save_file({t.name: onnx.numpy_helper.to_array(t) for t in tensors}, \(target))",
      ]
    case .numpy:
      lines = [
        "import numpy, safetensors.numpy",
        "arrays = numpy.load(\(source))",
        "safetensors.numpy.save_file({name: arrays[name] for name in arrays.files}, \(target))",
      ]
    case .other: return "save the weights as safetensors, with the names of PyTorch's state_dict"
    }
    lines = lines.map { "    \($0)" }
    return "convert it in Python:\n\(lines.joined(separator: "\n"))\(end)"
  }

  /// How to write a safetensors file with only the tensors whose names have a prefix, without the prefix.
  static func renaming(_ path: String, removing prefix: String) -> String {
    let target = (path.hasSuffix(".safetensors") ? String(path.dropLast(12)) : path) + "-renamed.safetensors"
    return """
      rename them in Python:
          import safetensors.torch
          state = safetensors.torch.load_file(\(quoted(path)))
          state = {k[\(prefix.unicodeScalars.count):]: v for k, v in state.items() if k.startswith(\(quoted(prefix)))}
          safetensors.torch.save_file(state, \(quoted(target)))
      """
  }

  /// `best.safetensors` for `best.pth.tar`.
  private static func converted(_ path: String) -> String {
    var stem = path
    for ending in [".tar", ".pth", ".pt", ".weights.h5"] where stem.lowercased().hasSuffix(ending) {
      stem.removeLast(ending.count)
    }
    if stem == path, let dot = path.lastIndex(of: "."), !path[dot...].contains("/") {
      stem = String(path[..<dot])
    }
    return stem + ".safetensors"
  }

  /// A Python string.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
