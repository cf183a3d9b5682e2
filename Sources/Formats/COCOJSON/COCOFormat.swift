import COCO
import Files

extension Format {
  /// The format COCO JSON: instances, keypoints and captions.
  public static let coco = Format(
    "coco",
    FormatSummary(
      "COCO JSON", reads: FormatSummary.Content.ofCOCO, writes: FormatSummary.Content.ofCOCO,
      sign: "JSON with the key `images` or `annotations`",
      variants: """
        instances, keypoints, captions (of COCO's own folder by `--task`, several joined); LVIS; \
        polygons and run lengths in every spelling; ids of any kind; unknown keys are kept; files \
        for other tasks (panoptic, video, results) are named
        """,
      options: ["--task", "--outlines", "--runs"]),
    fileEndings: ["json"], outputEnding: "json", importer: COCOImporter.self,
    exporter: COCOExporter.self, locator: COCOFieldLocator.self, editor: COCORecordEditor.self,
    holdsAll: true,
    evidence: COCOEvidence.find)
}

/// The signs that an input is COCO JSON.
enum COCOEvidence {
  /// Returns the evidence that an input is COCO JSON; nil if there is none.
  static func find(in input: InputTree) -> Evidence? {
    let isPiped = input.pipedInput.map { !$0.holdsLines } == true
    let files = isPiped ? input.files : input.files(endingIn: "json")
    if let first = files.first(where: hasLists) { return Evidence("\(first) has COCO's keys") }
    // Reading says what is wrong with it.
    if !input.isFolder, let file = files.first, looksLikeResults(file) {
      return Evidence("\(file) is a list with COCO's keys")
    }
    if let file = files.first(where: { otherEncoding(of: $0) != nil }) {
      return Evidence("\(file) has COCO's keys in another encoding than UTF-8")
    }
    return nil
  }

  /// Returns the encoding of a file that has COCO's keys and is not in UTF-8; nil for any other.
  static func otherEncoding(of path: String) -> JSONEncoding? {
    guard let head = try? InputFile(path).bytes(at: 0, count: 65536),
      let encoding = JSONEncoding(head), encoding != .utf8, encoding != .binary
    else { return nil }
    // COCO's keys are ASCII: they stand there once the zeros are gone.
    let ascii = String(decoding: head.filter { $0 > 0 && $0 < 0x80 }, as: UTF8.self)
    return ascii.includes("\"images\"") || ascii.includes("\"annotations\"") ? encoding : nil
  }

  /// Returns whether COCO's names of lists stand near the file's beginning or its end.
  static func hasLists(_ path: String) -> Bool {
    let text = text(aroundTheMiddleOf: path, ifItBeginsWith: "{")
    return text.includes("\"images\"") || text.includes("\"annotations\"")
  }

  /// Returns whether a list begins with a detector's results for an image.
  private static func looksLikeResults(_ path: String) -> Bool {
    text(aroundTheMiddleOf: path, ifItBeginsWith: "[").includes("\"image_id\"")
  }

  /// Returns a file's beginning and end; empty if it begins with another character.
  private static func text(
    aroundTheMiddleOf path: String, ifItBeginsWith first: Unicode.Scalar
  ) -> String {
    guard let file = try? InputFile(path) else { return "" }
    let window = 65536
    let head = (try? file.bytes(at: 0, count: window)) ?? []
    let tail = (try? file.bytes(at: max(file.size - window, 0), count: window)) ?? []
    guard head.first(where: { !blanks.contains($0) && $0 < 0x80 }) == UInt8(ascii: first) else {
      return ""
    }
    return String(decoding: head + tail, as: UTF8.self)
  }

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
}
