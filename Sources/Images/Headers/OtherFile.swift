/// The kind of a file that is no image of a known format, by its first bytes.
enum OtherFile {
  /// The first bytes of files, and the kinds that begin with them.
  private static let beginnings: [(bytes: [UInt8], meaning: String)] = [
    // The signature holds both kinds of line ends to make just this show.
    (png + [0x0A, 0x1A], lineEnds), (png + [0x0D, 0x0D, 0x0A], lineEnds),
    (png + [0x0D, 0x1A], lineEnds), (png + [0x0A, 0x0A], lineEnds),
    ([0xEF, 0xBF, 0xBD, 0x50, 0x4E, 0x47], "a PNG" + asText),
    ([0xC2, 0x89, 0x50, 0x4E, 0x47], "a PNG" + asText),
    ([0xEF, 0xBF, 0xBD, 0xEF, 0xBF, 0xBD, 0xEF, 0xBF, 0xBD], "a JPEG" + asText),
    ([0xC3, 0xBF, 0xC3, 0x98, 0xC3, 0xBF], "a JPEG" + asText),
    (Array("version https://git-lfs".utf8), "a pointer of Git LFS: git lfs pull fetches the file"),
    ([0xFF, 0x0A], "a JPEG XL" + notRead),
    ([0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL" + notRead),
    ([0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000" + notRead),
  ]
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
  private static let lineEnds =
    "a PNG whose line ends were converted, as Git and FTP do with texts: it must be copied anew, as binary"
  private static let asText =
    " that was saved as text, by which its bytes are lost: it must be copied anew"
  private static let notRead = " image, which is not read: it can be converted to JPEG or PNG"

  /// The brands of files that begin with "ftyp".
  private static let brands: [(brands: Set<String>, name: String)] = [
    (["avif", "avis"], "an AVIF"),
    (["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"], "a HEIC"),
  ]

  /// Returns the name of the kind; nil if it is not recognised.
  static func name(of source: inout ByteSource) -> String? {
    let head = bytes(of: &source, 0..<64)
    if let known = beginnings.first(where: { head.starts(with: $0.bytes) }) { return known.meaning }
    guard head.count >= 12, head[4..<8].elementsEqual("ftyp".utf8) else { return nil }
    // The main brand, a version, and brands that it is compatible with.
    let size = min(head[..<4].reduce(0) { $0 << 8 | Int($1) }, head.count)
    let found = [8] + stride(from: 16, to: max(size - 3, 16), by: 4)
    let names = found.map { String(decoding: head[$0..<$0 + 4], as: UTF8.self) }
    return brands.first { !$0.brands.isDisjoint(with: names) }.map { $0.name + notRead }
  }

  private static func bytes(of source: inout ByteSource, _ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for offset in range {
      guard let byte = try? source.byte(at: offset) else { break }
      bytes.append(byte)
    }
    return bytes
  }
}
