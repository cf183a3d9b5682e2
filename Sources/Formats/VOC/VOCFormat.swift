import Files

extension Format {
  /// The format Pascal VOC: an XML file for each image.
  public static let voc = Format(
    "voc",
    FormatSummary(
      "Pascal VOC", reads: [.boxes, .outlines, .orientedBoxes, .masks],
      writes: [.boxes, .outlines],
      sign: "an XML file whose first element is `<annotation>`",
      variants: """
        VOCdevkit with `ImageSets` (also of single categories), lists beside the folders, flat and \
        nested folders; float coordinates; rotated boxes; missing or zero `<size>`; polygons; \
        `segmented` masks; ImageNet's dialect; UTF-8 with a byte order mark, UTF-16; unknown \
        fields become attributes
        """,
      options: ["--voc-pixels", "--voc-whole", "--difficult"]),
    fileEndings: ["xml", "txt"], importer: VOCImporter.self, exporter: VOCExporter.self,
    locator: VOCFieldLocator.self, editor: VOCRecordEditor.self, evidence: VOCEvidence.find)
}

/// The signs that an input is VOC.
enum VOCEvidence {
  /// Returns the evidence that an input is VOC; nil if there is none.
  static func find(in input: InputTree) -> Evidence? {
    let files = input.files(endingIn: "xml")
    guard let first = files.first(where: looksLikeAnnotation) else {
      return nil
    }
    let count = files.count == 1 ? "1 XML file" : "\(files.count) XML files"
    return Evidence("\(count), \(first) begins with <annotation>")
  }

  /// Returns whether the file's first element is `annotation`.
  private static func looksLikeAnnotation(_ path: String) -> Bool {
    guard let file = try? InputFile(path), let head = try? file.bytes(at: 0, count: 2048) else {
      return false
    }
    let letters = head.filter { $0 != 0 }
    let text = String(decoding: letters, as: UTF8.self)
    guard let tag = text.firstRange(ofBytes: "<annotation") else { return false }
    // CVAT's own files begin with <annotations>.
    return text[tag.upperBound...].first.map { !$0.isLetter } ?? false
  }
}
