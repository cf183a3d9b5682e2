import COCO
import Files

/// Compares the sizes that a COCO file gives with the pictures' headers, where the pictures are at
/// hand.
struct COCOPictureCheck {
  private let options: ImportOptions
  private static let imagesInChunk = 256

  init(_ options: ImportOptions) {
    self.options = options
  }

  /// Settles the sizes of the images of `dataset`. Returns the folder of the pictures, nil where
  /// they cannot be found.
  func check(
    _ dataset: inout Dataset, beside path: String, into imported: inout Imported
  ) async throws -> String? {
    guard !dataset.images.isEmpty else { return nil }
    guard let locator = locator(for: sample(of: dataset.images), beside: path) else {
      imported.notes.append(
        "the pictures of \(path) were not found: sizes are the file's (--images says where they are)"
      )
      return nil
    }
    let images = dataset.images
    let sizer = PictureSizer(options)
    let chunks = (images.count + Self.imagesInChunk - 1) / Self.imagesInChunk
    let work: @Sendable (Int) -> Checked = { chunk in
      let start = chunk * Self.imagesInChunk
      var checked = Checked()
      for image in images[start..<min(start + Self.imagesInChunk, images.count)] {
        checked.add(image, sizer: sizer, locator: locator)
      }
      return checked
    }
    dataset.images.removeAll(keepingCapacity: true)
    try await options.tasks.run(chunks, work: work) { _, checked in
      dataset.images += checked.images
      imported.findings += checked.findings
      let changed = checked.images.count { $0.isChanged }
      if changed > 0 {
        imported.changes["size taken from the image file", default: RecordCounts()] +=
          RecordCounts(images: changed)
      }
      return true
    }
    return locator.folder
  }

  private struct Checked: Sendable {
    var images: [Image] = []
    var findings: [Finding] = []

    mutating func add(_ image: Image, sizer: PictureSizer, locator: ImageLocator) {
      var image = image
      let claim = PictureSizer.Claim(
        name: image.fileName, origin: image.origin,
        size: ImageSize(width: image.width, height: image.height), field: .fileName)
      let located = locator.locate(image.fileName)
      if let size = sizer.size(claim, located, findings: &findings),
        size != ImageSize(width: image.width, height: image.height)
      {
        image.width = size.width
        image.height = size.height
        image.isChanged = true
      }
      images.append(image)
    }
  }

  /// Returns a few names from all over the file: the first may be of a picture that is missing.
  private func sample(of images: [Image]) -> [String] {
    let step = max(images.count / 16, 1)
    return stride(from: 0, to: images.count, by: step).prefix(16).map { images[$0].fileName }
  }

  /// Returns the folder that holds pictures of these names: the one that the user names, else those
  /// that COCO's and Roboflow's layouts use.
  private func locator(for names: [String], beside path: String) -> ImageLocator? {
    let splitName = COCOSplitName.name(of: path)
    if let folder = options.imagesFolder {
      return first(of: [folder, "\(folder)/\(splitName)"], with: names) ?? ImageLocator(folder)
    }
    let here = Path.folder(of: path)
    let candidates = [
      here, "\(here)/images", "\(here)/\(splitName)", "\(here)/images/\(splitName)",
      "\(here)/../\(splitName)", "\(here)/../images/\(splitName)", "\(here)/../images",
      "\(here)/..",
    ]
    return first(of: candidates, with: names)
  }

  private func first(of folders: [String], with names: [String]) -> ImageLocator? {
    folders.lazy.map { ImageLocator(Path.normalized($0)) }
      .first { locator in names.contains { locator.exactly($0) != nil } }
  }
}
