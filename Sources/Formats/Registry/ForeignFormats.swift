public import Files

/// Formats that copra knows by sight and does not read.
public enum ForeignFormats {
  /// A file of such a format.
  public struct Found: Sendable, Equatable {
    /// The file's path.
    public var path: String
    /// The format's name, as in `CreateML`.
    public var name: String
  }

  /// Files that are looked at, and how much of each.
  private static let glances = 16
  private static let window = 1 << 16

  /// By what their text holds, all of it; the first that fits is it.
  private static let texts: [(ending: String, name: String, signs: [String])] = [
    ("xml", "CVAT for images", ["<annotations"]),
    ("json", "LabelMe", ["\"shapes\"", "\"imagePath\""]),
    ("json", "VGG Image Annotator", ["\"_via_img_metadata\""]),
    ("json", "VGG Image Annotator", ["\"regions\"", "\"shape_attributes\""]),
    ("json", "Label Studio", ["\"result\"", "\"from_name\""]),
    ("json", "VoTT", ["\"asset\"", "\"regions\""]),
    ("json", "Labelbox", ["\"Label\"", "\"Labeled Data\""]),
    ("json", "BDD100K", ["\"labels\"", "\"box2d\""]),
    ("json", "CreateML", ["\"annotations\"", "\"coordinates\""]),
    ("json", "Datumaro", ["\"dm_format_version\""]),
    ("json", "Supervisely", ["\"objects\"", "\"classTitle\""]),
  ]
  private static let endings = [
    "tfrecord": "TFRecord", "record": "TFRecord", "parquet": "Parquet", "mat": "MATLAB",
    "zip": "an archive, to be unpacked first", "tar": "an archive, to be unpacked first",
    "gz": "an archive, to be unpacked first", "rar": "an archive, to be unpacked first",
  ]

  /// Returns the first file of a format that is known by sight; nil where there is none. Where a format
  /// is read, files that end as its own do are its own, and archives and the like say nothing.
  public static func find(in input: InputTree, besides format: Format? = nil) -> Found? {
    let others = ["xml", "json"].filter { format?.fileEndings.contains($0) != true }
    let files = others.flatMap { input.files(endingIn: $0) }
    for path in files.prefix(glances) {
      guard let file = try? InputFile(path), let head = try? file.bytes(at: 0, count: window) else {
        continue
      }
      let text = String(decoding: head.filter { $0 != 0 }, as: UTF8.self)
      for (ending, name, signs) in texts where Path.ends(path, in: ending) {
        if signs.allSatisfy(text.contains) { return Found(path: path, name: name) }
      }
    }
    if format != nil { return nil }
    return input.files.lazy.compactMap { path in
      endings[Path.fileExtension(path)].map { Found(path: path, name: $0) }
    }.first
  }
}
