import Files

/// The reader of the safetensors format: the header's length (64 bits, little-endian), the header
/// (JSON), and the tensors' bytes, without gaps and up to the end of the file.
enum SafetensorsReader {
  /// Returns the tensors of a file.
  ///
  /// - Throws: A `StateError` for any violation of the format.
  static func read(_ file: MappedFile) throws(StateError) -> StoredState {
    let header = try SafetensorsHeader(file)
    try checkCoverage(header, file)
    var entries: [StoredState.Entry] = []
    for item in header.items {
      entries.append(.init(key: item.key, tensor: try tensor(item, header, file)))
    }
    return try StoredState(entries, metadata: header.metadata, path: file.path)
  }

  private static func tensor(
    _ item: SafetensorsHeader.Item, _ header: SafetensorsHeader, _ file: MappedFile
  ) throws(StateError) -> StoredTensor {
    guard let type = DType(safetensorsName: item.type) else {
      let known = DType.allCases.map(\.safetensorsName).joined(separator: ", ")
      throw StateError(
        file.path, key: item.key,
        "expected a dtype of \(known), found \(item.type.quotedForMessage)")
    }
    let layout = try TensorLayout(shape: item.shape, path: file.path, key: item.key)
    let size = layout.count * type.size
    guard size == item.offsets.count else {
      throw StateError(
        file.path, key: item.key,
        "expected \(size) bytes for shape \(item.shape) of \(item.type),"
          + " found data_offsets of \(item.offsets.count)")
    }
    let start = header.dataStart
    let storage = start + item.offsets.lowerBound..<start + item.offsets.upperBound
    return try StoredTensor(
      type, layout, firstElement: 0, storage: storage, file: file, key: item.key)
  }

  /// Throws unless every byte of the data belongs to exactly one tensor.
  private static func checkCoverage(
    _ header: SafetensorsHeader, _ file: MappedFile
  ) throws(StateError) {
    let size = file.count - header.dataStart
    var covered = 0
    for item in header.items.sorted(by: { $0.offsets.isBefore($1.offsets) }) {
      let offsets = item.offsets
      guard offsets.upperBound <= size else {
        throw StateError(
          file.path, key: item.key,
          "expected data_offsets within \(size) bytes of data, found \(offsets.text)")
      }
      guard offsets.lowerBound == covered else {
        let fault = offsets.lowerBound < covered ? "overlaps another tensor" : "leaves a gap"
        throw StateError(
          file.path, key: item.key,
          "expected data from byte \(covered) on, found \(offsets.text), which \(fault)")
      }
      covered = offsets.upperBound
    }
    guard covered == size else {
      throw StateError(file.path, "expected \(covered) bytes of data, found \(size)")
    }
  }
}

extension Range<Int> {
  /// Returns whether a range comes before another; empty ones precede those that start at the same
  /// place.
  fileprivate func isBefore(_ other: Range<Int>) -> Bool {
    (lowerBound, upperBound) < (other.lowerBound, other.upperBound)
  }

  /// The range in the header's form: `[0, 24]`.
  fileprivate var text: String { "[\(lowerBound), \(upperBound)]" }
}
