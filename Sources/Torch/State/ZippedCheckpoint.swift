/// Reads what `torch.save` writes since PyTorch 1.6: a zip archive with one folder, in which
/// `data.pkl` describes the tensors and `data/KEY` holds each storage's bytes.
enum ZippedCheckpoint {
  /// The bytes of the archive's checksums are not compared.
  ///
  /// - Throws: A `StateError` for whatever is no dictionary of tensors.
  static func read(_ file: MappedFile) throws(StateError) -> StoredState {
    let archive = try StoredArchive(file)
    let folder = try folder(of: archive, file)
    guard archive.entries["\(folder)constants.pkl"] == nil else {
      throw StateError(file.path, "expected a dictionary of tensors, found a program (torchscript)")
    }
    if let range = archive.entries["\(folder)byteorder"] {
      let order = file.withUnsafeBytes(in: range) { String(decoding: $0.prefix(32), as: UTF8.self) }
      guard order == "little" else {
        throw StateError(
          file.path, "expected the byte order 'little', found \(order.quotedForMessage)")
      }
    }
    var storages: [String: Range<Int>] = [:]
    let prefix = "\(folder)data/"
    for (name, range) in archive.entries where name.hasPrefix(prefix) {
      storages[String(name.dropFirst(prefix.count))] = range
    }
    let description = archive.entries["\(folder)data.pkl"] ?? 0..<0
    var unpickler = Unpickler(ByteReader(file, description))
    let pickle = try unpickler.load()
    return try TensorDictionary(pickle).state(file, storages)
  }

  /// The folder with `data.pkl`, a slash behind it.
  private static func folder(
    of archive: StoredArchive, _ file: MappedFile
  ) throws(StateError) -> String {
    let suffix = "/data.pkl"
    let names = archive.entries.keys.filter { name in
      name.hasSuffix(suffix) && !name.dropLast(suffix.count).contains("/")
    }
    guard let name = names.first, names.count == 1 else {
      throw StateError(
        file.path, "expected one data.pkl in a folder of the archive, found \(names.count)")
    }
    return String(name.dropLast("data.pkl".count))
  }
}
