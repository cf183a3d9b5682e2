import Files

extension StoredState {
  /// Reads a `.safetensors` file or a PyTorch checkpoint (`.pth`), which are distinguished by their
  /// first bytes. The bytes of the tensors are mapped and not read.
  ///
  /// - Throws: A `StateError` with the file and, if one tensor is at fault, its key.
  public init(contentsOf path: String) throws(StateError) {
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      throw StateError(error)
    }
    switch try StateFormat(of: file) {
    case .safetensors: self = try SafetensorsReader.read(file)
    case .zippedCheckpoint: self = try ZippedCheckpoint.read(file)
    case .legacyCheckpoint: self = try LegacyCheckpoint.read(file)
    }
  }
}

/// The formats of files of tensors.
private enum StateFormat {
  case safetensors
  /// A zip archive of PyTorch 1.6 and later.
  case zippedCheckpoint
  /// The pickles and bytes of PyTorch before 1.6.
  case legacyCheckpoint

  private static let zipSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  /// Determines the format from the first bytes.
  ///
  /// - Throws: A `StateError` if they are those of no format.
  init(of file: MappedFile) throws(StateError) {
    let start = file.withUnsafeBytes(in: 0..<min(file.count, 9)) { Array($0) }
    if start.starts(with: Self.zipSignature) {
      self = .zippedCheckpoint
    } else if start.count == 9, start.last == UInt8(ascii: "{") {
      // This precedes the pickles: a header of 128 or 640 bytes begins as they do.
      self = .safetensors
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
