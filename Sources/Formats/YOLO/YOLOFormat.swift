import COCO
import Files

extension Format {
  /// The format YOLO: a text file for each image, with an object on each row.
  public static let yolo = Format(
    "yolo",
    FormatSummary(
      "YOLO", reads: [.boxes, .outlines, .orientedBoxes, .keypoints],
      writes: [.boxes, .outlines, .orientedBoxes, .keypoints],
      sign: "`data.yaml` or `obj.data`, or text files with rows of numbers",
      variants: """
        `data.yaml` (Ultralytics, Roboflow), Darknet's `obj.data`, `classes.txt` inside or one \
        folder up, flat folders, labels in any other folder; rows with boxes, confidence, polygons, \
        oriented boxes, keypoints; commas or semicolons instead of blanks
        """,
      options: ["--yolo-rows"]),
    fileEndings: ["txt", "yaml", "yml", "names", "data"], importer: YOLOImporter.self,
    exporter: YOLOExporter.self, locator: YOLOFieldLocator.self, editor: YOLORecordEditor.self,
    annotationFile: YOLOLabelRule.label, evidence: YOLOEvidence.find)
}

/// The signs that an input is a YOLO set.
enum YOLOEvidence {
  /// The number of label files that are examined.
  private static let sampleSize = 8

  /// Returns the evidence that an input is a YOLO set; nil if there is none.
  static func find(in input: InputTree) -> Evidence? {
    guard input.isFolder else { return YOLODataFiles.look(input.path).map(describe) }
    if let found = dataFile(in: input) { return describe(found) }
    let (labels, place, isFirm) = labels(in: input)
    let step = max(labels.count / sampleSize, 1)
    let sample = stride(from: 0, to: labels.count, by: step).prefix(sampleSize).map { labels[$0] }
    let reader = LabelText()
    let looks = sample.map { look(at: $0, reader) }
    // A few broken files hide nothing, and empty ones say nothing.
    let rows = looks.filter { $0.fields > 0 }
    guard let first = rows.first, rows.count * 2 > looks.count(where: { $0.fields != 0 }),
      isFirm || rows.allSatisfy(\.isNormalised)
    else { return nil }
    return Evidence(
      "\(labels.count) text files \(place), \(first.path) begins with a row of "
        + "\(first.fields) numbers", isFirm: isFirm)
  }

  /// Returns the data file that will be read; any if none refers to existing files.
  private static func dataFile(in input: InputTree) -> YOLODataFiles.Found? {
    let all = YOLODataFiles.find(in: input)
    if all.count < 2 { return all.first }
    var folders = YOLOFolders()
    folders.add(input)
    return YOLODataChoice(in: input, folders, imagesFolder: nil).used.first ?? all.first
  }

  private static func describe(_ found: YOLODataFiles.Found) -> Evidence {
    let assignment = found.isDarknet ? "\(found.key) =" : "\(found.key):"
    return Evidence("\(found.path) holds \(assignment)")
  }

  /// Returns the text files at the usual places of labels: in `labels`, or with an image of the
  /// same stem beside them or anywhere; otherwise all that may be labels, which is weaker evidence.
  private static func labels(
    in input: InputTree
  ) -> (paths: [String], place: String, isFirm: Bool) {
    let texts = input.files(endingIn: "txt").filter(YOLOPairing.isLabel)
    let named = texts.filter {
      YOLOLabelRule.swap("labels", for: "images", in: Path.folder(of: $0)) != nil
    }
    if !named.isEmpty || texts.isEmpty {
      return (named, "beside images or in labels", true)
    }
    let pictures = input.files.filter(ImageFiles.isImage)
    let paths = Set(pictures.map(Path.withoutExtension))
    let beside = texts.filter { paths.contains(Path.withoutExtension($0)) }
    if !beside.isEmpty { return (beside, "beside images or in labels", true) }
    let stems = Set(pictures.map { Path.stem(of: $0) })
    let alike = texts.filter { stems.contains(Path.stem(of: $0)) }
    if !alike.isEmpty { return (alike, "called as images are", true) }
    return (texts, "without images", false)
  }

  /// The properties of the first row of a file.
  private struct Look {
    var path: String
    /// The number of values in the row; 0 if there is none, -1 if it is not one of a label.
    var fields = -1
    /// Whether all values but the first are parts of an image's size.
    var isNormalised = false
  }

  private static func look(at path: String, _ text: LabelText) -> Look {
    var look = Look(path: path)
    guard (try? text.load(path)) != nil else { return look }
    var position = text.start
    while position < text.count, YOLORow.endsField(text.bytes[position]) { position += 1 }
    guard position < text.count else {
      look.fields = 0
      return look
    }
    var row = YOLORow()
    row.read(text.bytes, &position)
    if row.malformed != nil { _ = row.reread(text.bytes) }
    guard row.malformed == nil, row.values.count >= 5, row.values[0] >= 0 else { return look }
    look.fields = row.values.count
    look.isNormalised =
      Int(exactly: row.values[0]) != nil
      && row.values.dropFirst().allSatisfy { $0 >= -0.1 && $0 <= 1.1 }
    return look
  }
}
