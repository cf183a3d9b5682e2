import Files
import Images

extension Format {
  /// The format of masks of instances, or of classes: a PNG for each image.
  public static let masks = Format(
    "masks",
    FormatSummary(
      "Masks of instances", reads: [.boxes, .masks],
      sign: "images that each have a PNG of the same name as their mask",
      variants: """
        one PNG for each image, one value (or colour) for each instance; categories by the \
        folder's name, by `SegmentationClass` beside `SegmentationObject` (VOC, CVAT), by \
        `labelmap.txt`, `_classes.csv`, `class_dict.csv`, `classes.json` or `class_names.txt`; \
        values that are categories (`--masks classes` makes an object of each connected region); \
        soft edges
        """,
      options: ["--masks"]),
    fileEndings: ["png"], importer: MasksImporter.self, evidence: MasksEvidence.find)
}

/// The signs that an input is masks of instances.
enum MasksEvidence {
  /// Returns the evidence that an input holds masks of instances; nil if there is none.
  static func find(in input: InputTree) -> Evidence? {
    guard input.isFolder, input.files.contains(where: { Path.ends($0, in: "png") }),
      let pairs = try? MaskPairs([input]),
      let first = pairs.pictures.first(where: \.isFound)?.masks.first?.path,
      let header = try? ImageHeader.read(path: first), header.format == .png
    else { return nil }
    let count = pairs.pictures.count { $0.isFound }
    let isLabels = header.isPalette || header.isGrey
    let kind = header.isPalette ? "a palette" : header.isGrey ? "grey" : "colour"
    // What else annotates the pictures says more than masks do: classes.
    let others = input.files(endingIn: "xml", "json", "csv").filter { !MaskClassFiles.isOne($0) }
    let name = first.hasPrefix(input.path) ? String(first.dropFirst(input.path.count)) : first
    let relative = name.drop { $0 == "/" }
    return Evidence(
      "\(count) images have a mask of their name, \(relative) is a PNG with \(kind)",
      isFirm: isLabels && others.isEmpty)
  }
}
