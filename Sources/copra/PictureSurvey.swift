import COCO
import Images
import Importing
import Linting

/// Looks at the pictures of what was imported, for the rules, which open no file.
struct PictureSurvey {
  private static let picturesInChunk = 64

  let exif: ImportOptions.EXIFPolicy
  let tasks: OrderedTasks

  /// What is known of each picture, by dataset and image.
  func pictures(of imported: Imported) async throws -> [[PictureFacts?]] {
    var all: [[PictureFacts?]] = []
    for dataset in imported.datasets {
      if let folder = imported.imageFolders[dataset.split ?? ""] {
        all.append(try await pictures(of: dataset, in: folder))
      } else {
        all.append([])
      }
    }
    return all
  }

  private func pictures(
    of dataset: Dataset, in folder: String
  ) async throws -> [PictureFacts?] {
    let locator = ImageLocator(folder)
    let images = dataset.images
    let size = Self.picturesInChunk
    let chunks = (images.count + size - 1) / size
    var pictures: [PictureFacts?] = []
    pictures.reserveCapacity(images.count)
    try await tasks.run(chunks) { chunk in
      images[(chunk * size)..<min((chunk + 1) * size, images.count)].map { image in
        locator.locate(image.fileName).flatMap { facts(of: $0) }
      }
    } consume: { _, part in
      pictures += part
      return true
    }
    return pictures
  }

  /// nil where the header cannot be read, which the reader has reported.
  private func facts(of located: ImageLocator.Located) -> PictureFacts? {
    guard case .success(let header) = located.header else { return nil }
    let isStored = exif == .stored
    var facts = PictureFacts(
      path: located.path, width: isStored ? header.width : header.uprightWidth,
      height: isStored ? header.height : header.uprightHeight)
    facts.storedWidth = header.width
    facts.storedHeight = header.height
    facts.orientation = header.orientation
    facts.samples = Self.unusualSamples(header)
    return facts
  }

  /// What is unusual about a picture's samples; nil for three colours of 8 bits.
  private static func unusualSamples(_ header: ImageHeader) -> String? {
    var words: [String] = []
    if header.isGrey { words.append("grey") }
    if header.isPalette { words.append("a palette") }
    if header.isCMYK { words.append("CMYK") }
    if header.bitDepth > 8 { words.append("\(header.bitDepth) bits a sample") }
    if header.hasAlpha { words.append("alpha") }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}
