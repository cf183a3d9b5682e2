public import Files

/// The formats that copra recognises and does not read.
public enum ForeignFormats {
  /// A file of such a format.
  public struct Found: Sendable, Equatable {
    /// The file's path.
    public var path: String
    /// The format's name, as in `CreateML`.
    public var name: String
    /// The advice, for example `export as COCO from CVAT`; nil if it is obvious.
    public var advice: String?

    /// The message about the file.
    public var description: String {
      "\(path) looks like \(name), which is not read" + (advice.map { ": \($0)" } ?? "")
    }
  }

  /// The number of files that are examined, and the bytes of each.
  private static let glances = 16
  private static let window = 1 << 16

  /// The formats by their text, which must hold all the marks; the first match decides.
  private static let texts: [Sight] = [
    Sight("xml", "CVAT for images", ["<annotations"], "export as COCO 1.0 from CVAT"),
    Sight(
      "json", "LabelMe", ["\"shapes\"", "\"imagePath\""],
      "labelme2coco writes COCO"),
    Sight("json", "VGG Image Annotator", ["\"_via_img_metadata\""], ofVIA),
    Sight("json", "VGG Image Annotator", ["\"regions\"", "\"shape_attributes\""], ofVIA),
    Sight(
      "json", "Label Studio", ["\"result\"", "\"from_name\""], "export as COCO from Label Studio"),
    Sight("json", "VoTT", ["\"asset\"", "\"regions\""], "export as CSV or Pascal VOC from VoTT"),
    Sight(
      "json", "Labelbox", ["\"Label\"", "\"Labeled Data\""], "it can be converted to COCO"),
    Sight(
      "json", "BDD100K", ["\"labels\"", "\"box2d\""],
      "its toolkit's bdd100k.label.to_coco writes COCO"),
    Sight(
      "json", "CreateML", ["\"annotations\"", "\"coordinates\""],
      "export as COCO from the labelling tool"),
    Sight("json", "Datumaro", ["\"dm_format_version\""], "datumaro converts it to COCO"),
    Sight(
      "json", "Supervisely", ["\"objects\"", "\"classTitle\""], "export as COCO from Supervisely"),
  ]
  private static let ofVIA = "export as COCO or as CSV from VIA"

  /// The marks of a format, and the advice for its files.
  private struct Sight {
    var ending: String
    var name: String
    var signs: [String]
    var advice: String

    init(_ ending: String, _ name: String, _ signs: [String], _ advice: String) {
      self.ending = ending
      self.name = name
      self.signs = signs
      self.advice = advice
    }
  }

  private static let endings = [
    "tfrecord": "TFRecord", "record": "TFRecord", "parquet": "Parquet", "mat": "MATLAB",
    "zip": "an archive, to be unpacked first", "tar": "an archive, to be unpacked first",
    "gz": "an archive, to be unpacked first", "rar": "an archive, to be unpacked first",
  ]

  /// Returns the first file of a recognised foreign format; nil if there is none. If a format is
  /// read, files with its endings are its own, and archives and the like are ignored.
  public static func find(in input: InputTree, besides format: Format? = nil) -> Found? {
    let others = ["xml", "json"].filter { format?.fileEndings.contains($0) != true }
    let files = others.flatMap { input.files(endingIn: $0) }
    for path in files.prefix(glances) {
      guard let file = try? InputFile(path), let head = try? file.bytes(at: 0, count: window) else {
        continue
      }
      let text = String(decoding: head.filter { $0 != 0 }, as: UTF8.self)
      for sight in texts where Path.ends(path, in: sight.ending) {
        if sight.signs.allSatisfy(text.includes) {
          return Found(path: path, name: sight.name, advice: sight.advice)
        }
      }
    }
    if format != nil { return nil }
    return input.files.lazy.compactMap { path in
      endings[Path.fileExtension(path)].map { Found(path: path, name: $0) }
    }.first
  }
}
