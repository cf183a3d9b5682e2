import Files

/// The reader of the files that `torch.save` writes since PyTorch 1.6: a zip archive with one
/// folder, in which `data.pkl` describes the tensors and `data/KEY` holds each storage's bytes.
enum ZippedCheckpoint {
  private static let description = "data.pkl"

  /// Returns the tensors of a file.
  ///
  /// - Throws: A `StateError` for any file that is not a dictionary of tensors.
  static func read(_ file: MappedFile) throws(StateError) -> StoredState {
    let archive = try StoredArchive(file)
    let names = archive.names
    let folder = try folder(among: names, file)
    guard !names.contains("\(folder)constants.pkl") else {
      throw StateError(file.path, "expected a dictionary of tensors, found a program (torchscript)")
    }
    if let order = try archive.contents(of: "\(folder)byteorder") {
      try checkByteOrder(order, file)
    }
    var storages: [String: Range<Int>] = [:]
    let prefix = "\(folder)data/"
    for name in names where name.hasPrefix(prefix) {
      storages[String(name.dropFirst(prefix.count))] = try archive.contents(of: name)
    }
    let description = try archive.contents(of: "\(folder)\(description)") ?? 0..<0
    var unpickler = Unpickler(ByteReader(file, description))
    return try TensorDictionary(unpickler.load()).state(file, storages)
  }

  /// Returns the folder with the description, followed by a slash.
  private static func folder(
    among names: [String], _ file: MappedFile
  ) throws(StateError) -> String {
    let folders = names.compactMap { name -> Substring? in
      guard name.hasSuffix("/\(description)") else { return nil }
      let folder = name.dropLast(description.count)
      return folder.dropLast().contains("/") ? nil : folder
    }
    guard let folder = folders.first, folders.count == 1 else {
      throw StateError(
        file.path,
        "expected one \(description) in a folder of the archive, found \(folders.count)")
    }
    return String(folder)
  }

  /// Throws unless the byte order is little-endian; archives record it since PyTorch 2.0, and
  /// before all were little-endian.
  private static func checkByteOrder(
    _ range: Range<Int>, _ file: MappedFile
  ) throws(StateError) {
    var reader = ByteReader(file, range)
    let order = try reader.text(min(reader.remaining, 32))
    guard order == "little" else {
      throw reader.failure("expected the byte order 'little', found \(order.quotedForMessage)")
    }
  }
}
