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
      let areAddresses = sample(of: dataset.images).allSatisfy { WrittenPath($0).isAddress }
      imported.notes.append(
        areAddresses
          ? "the pictures of \(path) are addresses on the web, which are not downloaded: sizes are "
            + "the file's (--images says where downloaded pictures are)"
          : "the pictures of \(path) were not found: sizes are the file's (--images says where they "
            + "are)")
      if options.judgesRecords { writeSlashes(in: &dataset, into: &imported) }
      return nil
    }
    let images = dataset.images
    let sizer = PictureSizer(options)
    let renames = options.judgesRecords
    let chunks = (images.count + Self.imagesInChunk - 1) / Self.imagesInChunk
    let work: @Sendable (Int) -> Checked = { chunk in
      let start = chunk * Self.imagesInChunk
      var checked = Checked()
      for image in images[start..<min(start + Self.imagesInChunk, images.count)] {
        checked.add(image, sizer: sizer, locator: locator, renames: renames)
      }
      return checked
    }
    dataset.images.removeAll(keepingCapacity: true)
    try await options.tasks.run(chunks, work: work) { _, checked in
      dataset.images += checked.images
      imported.findings += checked.findings
      for (what, count) in checked.changes {
        imported.changes[what, default: RecordCounts()] += RecordCounts(images: count)
      }
      return true
    }
    return locator.folder
  }

  /// Writes slashes for the backslashes of names whose files are not at hand.
  private func writeSlashes(in dataset: inout Dataset, into imported: inout Imported) {
    var changed = 0
    for index in dataset.images.indices {
      let name = dataset.images[index].fileName
      guard name.utf8.contains(UInt8(ascii: "\\")) else { continue }
      let written = WrittenPath(name)
      guard !written.isAbsolute else { continue }
      dataset.images[index].fileName = written.text
      dataset.images[index].isChanged = true
      changed += 1
    }
    if changed > 0 {
      imported.changes[Checked.renamed, default: RecordCounts()] += RecordCounts(images: changed)
    }
  }

  private struct Checked: Sendable {
    static let renamed = "file_name written as the path of its file"

    var images: [Image] = []
    var findings: [Finding] = []
    var changes: [String: Int] = [:]

    /// - Parameter renames: whether images get the names under which their files were found.
    mutating func add(
      _ image: Image, sizer: PictureSizer, locator: ImageLocator, renames: Bool
    ) {
      var image = image
      let claim = PictureSizer.Claim(
        name: image.fileName, origin: image.origin,
        size: ImageSize(width: image.width, height: image.height), field: .fileName)
      let located = locator.search(image.fileName)
      tell(located?.rivals ?? [], of: image, taken: located?.path ?? "")
      if let size = sizer.size(claim, located, findings: &findings),
        size != ImageSize(width: image.width, height: image.height)
      {
        image.width = size.width
        image.height = size.height
        if !image.isChanged { changes["size taken from the image file", default: 0] += 1 }
        image.isChanged = true
      }
      if renames, let located, located.match == .exact || located.match == .rewritten {
        let name = Path.relative(located.path, to: locator.folder)
        if name != Path.normalized(image.fileName) {
          if !image.isChanged { changes[Self.renamed, default: 0] += 1 }
          image.fileName = name
          image.isChanged = true
        }
      }
      images.append(image)
    }

    private mutating func tell(_ rivals: [String], of image: Image, taken: String) {
      guard !rivals.isEmpty else { return }
      findings.append(
        Finding(
          .nameMatchedLoosely,
          "\(image.fileName) is in several folders; \(taken) was taken, not "
            + rivals.prefix(3).joined(separator: ", "), at: image.origin, field: .fileName))
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
      ?? deep(in: [here] + candidates.filter { Path.name(of: $0) == "images" }, with: names)
  }

  /// Returns the first folder that holds a picture of these names by name, else by a name that can
  /// mean it.
  private func first(of folders: [String], with names: [String]) -> ImageLocator? {
    let locators = folders.map { ImageLocator(Path.normalized($0)) }.filter(\.exists)
    return locators.first { locator in names.contains { locator.exactly($0) != nil } }
      ?? locators.first { locator in names.contains { locator.locate($0) != nil } }
  }

  /// Returns the first folder that holds a picture of these names anywhere below it.
  private func deep(in folders: [String], with names: [String]) -> ImageLocator? {
    folders.lazy.map { ImageLocator(Path.normalized($0)) }.filter(\.exists)
      .first { locator in names.contains { locator.search($0) != nil } }
  }
}
