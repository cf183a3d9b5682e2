import COCO
import Files

extension Format {
  /// YOLO: a text file with a row an object for each picture.
  public static let yolo = Format(
    "yolo", fileEndings: ["txt", "yaml", "yml", "names", "data"], importer: YOLOImporter.self,
    exporter: YOLOExporter.self, locator: YOLOFieldLocator.self, editor: YOLORecordEditor.self,
    evidence: YOLOEvidence.find)
}

/// The signs that an input is a YOLO set.
enum YOLOEvidence {
  /// The number of label files that are looked at.
  private static let sampleSize = 5

  /// Returns why an input looks like a YOLO set, or nil where it does not.
  static func find(in input: InputTree) -> Evidence? {
    guard input.isFolder else { return YOLODataFiles.look(input.path).map(describe) }
    if let found = YOLODataFiles.find(in: input).used.first { return describe(found) }
    let labels = labels(in: input)
    guard !labels.isEmpty else { return nil }
    let step = max(labels.count / sampleSize, 1)
    let sample = stride(from: 0, to: labels.count, by: step).prefix(sampleSize).map { labels[$0] }
    let reader = LabelText()
    let counts = sample.compactMap { fields($0, reader) }
    guard let first = counts.first(where: { $0.fields > 0 }), counts.count == sample.count else {
      return nil
    }
    return Evidence(
      "\(labels.count) text files beside pictures or in labels, "
        + "\(first.path) begins with a row of \(first.fields) numbers")
  }

  private static func describe(_ found: YOLODataFiles.Found) -> Evidence {
    let assignment = found.isDarknet ? "\(found.key) =" : "\(found.key):"
    return Evidence("\(found.path) holds \(assignment)")
  }

  /// Returns the text files that lie where labels do: in `labels`, or with a picture of the same
  /// stem.
  private static func labels(in input: InputTree) -> [String] {
    let texts = input.files(endingIn: "txt").filter(YOLOPairing.isLabel)
    let named = texts.filter {
      YOLOPairing.swap("labels", for: "images", in: Path.folder(of: $0)) != nil
    }
    if !named.isEmpty || texts.isEmpty { return named }
    let pictures = Set(input.files.filter(ImageFiles.isImage).map(Path.withoutExtension))
    return texts.filter { pictures.contains(Path.withoutExtension($0)) }
  }

  /// Returns how many numbers the first row of a file holds, 0 for an empty file; nil where the row
  /// is not one of a label.
  private static func fields(
    _ path: String, _ text: LabelText
  ) -> (path: String, fields: Int)? {
    guard (try? text.load(path)) != nil else { return nil }
    var position = text.start
    while position < text.count, YOLORow.endsField(text.bytes[position]) { position += 1 }
    guard position < text.count else { return (path, 0) }
    var row = YOLORow()
    row.read(text.bytes, &position)
    let isLabel = row.malformed == nil && row.values.count >= 5 && row.values[0] >= 0
    return isLabel ? (path, row.values.count) : nil
  }
}
