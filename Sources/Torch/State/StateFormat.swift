/// The formats of files of tensors.
enum StateFormat {
  case safetensors
  /// PyTorch 1.6 and later.
  case zippedCheckpoint
  /// PyTorch before 1.6: pickles, then bytes.
  case legacyCheckpoint

  private static let zipSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  /// - Throws: A `StateError` where the first bytes are those of none of them.
  init(of file: MappedFile) throws(StateError) {
    let start = file.withUnsafeBytes(in: 0..<min(file.count, 9)) { Array($0) }
    if start.starts(with: Self.zipSignature) {
      self = .zippedCheckpoint
    } else if start[0] == PickleOpcode.proto.rawValue, start.count > 1, start[1] <= 5 {
      self = .legacyCheckpoint
    } else if start.last == UInt8(ascii: "{") || file.path.hasSuffix(".safetensors") {
      self = .safetensors
    } else {
      let bytes = start.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      throw StateError(
        file.path,
        "expected a safetensors file or a checkpoint of pytorch, found one that starts with the bytes"
          + " \(bytes.joined(separator: " "))")
    }
  }
}
