import COCO
import Datasets
import Files
import Images

/// A picture that was drawn, or why it could not be.
struct DrawnPicture: Sendable {
  /// Nil for a cell of a sheet.
  private(set) var bytes: [UInt8]?
  private(set) var bitmap: Bitmap?
  private(set) var objects = 0
  private(set) var failure: ImageError?

  /// - Parameter format: of a file; nil for a cell of a sheet.
  init(
    _ picture: PictureReference, path: String?, by rendering: PictureRendering,
    within frame: (width: Int, height: Int)?, format: PictureFormat?
  ) {
    do throws(ImageError) {
      guard let path else { throw .notFound }
      let drawn = try rendering.render(
        picture, path: path, within: frame, isAnnotated: format != nil)
      objects = drawn.objects
      if let format { bytes = try format.bytes(of: drawn.picture) } else { bitmap = drawn.picture }
    } catch {
      failure = error
    }
  }
}

/// The files that drawn pictures come to, in order.
struct DrawnOutput {
  private let folder: OutputFolder
  private let names: [String]
  private let settings: DrawingSettings
  private let subject: any DrawnSubject
  private var sheet: ContactSheet?
  private var sheets = 0
  private var pictures = 0
  private var objects = 0
  private var added = 0
  /// Why pictures could not be drawn.
  private(set) var findings: [Finding] = []

  init(
    _ folder: OutputFolder, names: [String], settings: DrawingSettings, subject: any DrawnSubject
  ) {
    self.folder = folder
    self.names = names
    self.settings = settings
    self.subject = subject
    sheet = emptySheet
  }

  /// The width and height that pictures have in a sheet; nil without one.
  var frame: (width: Int, height: Int)? { sheet?.cell }

  private var emptySheet: ContactSheet? {
    settings.sheet.map {
      ContactSheet($0, side: settings.sheetSide, views: subject.panelCount)
    }
  }

  mutating func add(_ drawn: DrawnPicture, of image: COCO.Image) throws {
    if let failure = drawn.failure {
      findings.append(
        Finding(failure.faultKind, "\(image.fileName): \(failure)", at: image.origin))
    } else {
      pictures += 1
      objects += drawn.objects
    }
    if let bytes = drawn.bytes { try folder.write(bytes, to: names[added]) }
    added += 1
    sheet?.add(
      drawn.bitmap, name: Path.name(of: image.fileName),
      reason: drawn.failure.map { "\($0)" } ?? "")
    if sheet?.isFull == true { try writeSheet() }
  }

  private mutating func writeSheet() throws {
    guard let full = sheet, full.count > 0 else { return }
    try folder.write(settings.format.bytes(of: full.bitmap(subject.legend)), to: names[sheets])
    sheets += 1
    sheet = emptySheet
  }

  /// Writes the last sheet and puts all files in their place, unless there are none.
  mutating func finish() throws {
    try writeSheet()
    if pictures > 0 || sheets > 0 { try folder.commit() }
  }

  /// What was drawn, in one line.
  var account: String {
    var parts = ["drew \(count(pictures, "image")), \(count(objects, "object"))"]
    if sheets > 0 { parts[0] += " on \(count(sheets, "sheet"))" }
    if !findings.isEmpty { parts.append("\(count(findings.count, "image")) could not be read") }
    return parts.joined(separator: "; ") + (pictures + sheets > 0 ? ": \(settings.output)" : "")
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
