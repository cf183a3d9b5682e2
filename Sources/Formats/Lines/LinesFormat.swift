import COCO
import Files

extension Format {
  /// The format of COCO's records with an image on each line: first the members of the whole set,
  /// then each image with its annotations. Files of parts of a set are joined by concatenation.
  public static let lines = Format(
    "lines",
    FormatSummary(
      "JSON lines", reads: FormatSummary.Content.ofCOCO, writes: FormatSummary.Content.ofCOCO,
      sign: "an image with its annotations as JSON on each line",
      variants: """
        COCO's records with an image on each line, compressed by Zstandard (`.jsonl.zst`) too; on \
        standard input and standard output too
        """,
      options: ["--outlines", "--runs"]),
    fileEndings: Set(LinesEvidence.endings), outputEnding: "jsonl",
    importer: LinesImporter.self, exporter: LinesExporter.self, locator: LinesFieldLocator.self,
    holdsAll: true, evidence: LinesEvidence.find)
}

/// The evidence that an input holds an image with its annotations on each line.
enum LinesEvidence {
  /// The endings of files; those compressed by Zstandard have `.jsonl.zst`.
  static let endings = ["jsonl", "ndjson", "zst"]
  private static let window = 65536

  /// Returns the evidence that an input holds such lines; nil if there is none.
  static func find(in input: InputTree) -> Evidence? {
    if let file = input.pipedInput, file.holdsLines {
      return Evidence("\(Path.shown(file.path)) has one JSON object per line")
    }
    return input.files(endingIn: endings).first(where: isPictures).map {
      Evidence("\($0) has one image with its annotations per line")
    }
  }

  /// Returns whether a file begins with an image that has annotations, or with categories.
  static func isPictures(_ path: String) -> Bool {
    guard let file = try? InputFile(path), file.holdsLines,
      let head = try? file.bytes(at: 0, count: window)
    else { return false }
    let start = head.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") || $0 >= 0x80 }
    guard start.first == UInt8(ascii: "{") else { return false }
    let text = String(decoding: start, as: UTF8.self)
    return text.includes("\"annotations\"") || text.includes("\"categories\"")
  }
}

/// An importer of lines that treats each file as a split of its own, as for COCO JSON.
struct LinesImporter: Importer {
  private let importer: COCOImporter

  init(_ options: ImportOptions) {
    importer = COCOImporter(
      options, endings: LinesEvidence.endings, holdsRecords: LinesEvidence.isPictures)
  }

  func read(_ inputs: [InputTree]) async throws -> Imported { try await importer.read(inputs) }
}

/// An exporter of lines to the places and names of COCO JSON.
struct LinesExporter: Exporter {
  private let exporter: COCOExporter

  init(_ options: ExportOptions) {
    exporter = COCOExporter(options)
  }

  func export(_ datasets: [Dataset]) -> Exported {
    var exported = exporter.export(datasets)
    for index in exported.files.indices {
      guard case .coco(let dataset) = exported.files[index].contents else { continue }
      let path = Path.withoutExtension(exported.files[index].path)
      exported.files[index] = ExportedFile(path: path + ".jsonl", contents: .lines(dataset))
      exported.unwritable += LinesWriter.strays(of: dataset).map {
        LeftOutRecord(.annotation, dataset: index, index: $0, "its image does not exist")
      }
    }
    return exported
  }
}

/// A locator of members of records, which are objects at their places.
struct LinesFieldLocator: FieldLocator {
  static var singleRecords: (any SingleRecordFinder.Type)? { JSONMemberFinder.self }
  static var namesFieldsAlone: Bool { true }

  private let bytes: [UInt8]

  init?(_ bytes: [UInt8], path: String, options: ImportOptions) {
    self.bytes = bytes
  }

  func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace? {
    guard let field else { return nil }
    return bytes.withUnsafeBufferPointer { text in
      guard record.offset < text.count, let layout = JSONRecordLayout(text, at: record.offset),
        let member = layout.members(field.rawValue, in: text).last.map({ layout.members[$0] })
      else { return nil }
      return FieldPlace(offset: member.value.lowerBound, path: field.rawValue)
    }
  }
}
