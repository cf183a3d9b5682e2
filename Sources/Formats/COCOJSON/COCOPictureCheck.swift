import COCO
import Files
import Images

/// A check of the sizes in a COCO file against the images' headers, if the images are available.
struct COCOPictureCheck {
  private let options: ImportOptions
  private static let imagesInChunk = 256

  init(_ options: ImportOptions) {
    self.options = options
  }

  /// Determines the sizes of the images of `dataset`, from the file at `path` below the folder
  /// `root`, if that is the input. Returns the folder of the images; nil if they cannot be found.
  func check(
    _ dataset: inout Dataset, beside path: String, below root: String?,
    into imported: inout Imported
  ) async throws -> String? {
    var sample = SpreadSample<Image>()
    for image in dataset.images { sample.add(image) }
    let finder = finder(
      of: sample.elements, of: dataset, beside: path, below: root, into: &imported)
    try await check(&dataset, by: finder, into: &imported)
    return finder?.folder
  }

  /// Finds the folder of the images of a set, of which some are given. If they cannot be found, a
  /// note says so.
  func finder(
    of sample: [Image], of dataset: Dataset, beside path: String, below root: String?,
    into imported: inout Imported
  ) -> COCOPictureFinder? {
    guard !sample.isEmpty else { return nil }
    let finder = COCOPictureFinder(
      sample, beside: path, noted: COCOInfo.imageFolder(in: dataset.info), below: root, options)
    if let finder {
      if finder.isDeep { imported.deepFolders.insert(finder.folder) }
      return finder
    }
    let areAddresses = sample.allSatisfy { WrittenPath($0.fileName).isAddress }
    let name = Path.shown(path)
    imported.notes.append(
      areAddresses
        ? "the images of \(name) are addresses on the web, which are not downloaded: sizes are "
          + "the file's (--images gives the folder of downloaded images)"
        : "the images of \(name) were not found: sizes are the file's (--images gives their "
          + "folder)")
    return nil
  }

  /// Determines the sizes of the images of `dataset` by the files that `finder` finds; nil if there
  /// are none.
  func check(
    _ dataset: inout Dataset, by finder: COCOPictureFinder?, into imported: inout Imported
  ) async throws {
    guard let finder else {
      if options.judgesRecords { writeSlashes(in: &dataset, into: &imported) }
      return
    }
    let images = dataset.images
    let sizer = PictureSizer(options)
    let renames = options.judgesRecords
    let chunks = (images.count + Self.imagesInChunk - 1) / Self.imagesInChunk
    let work: @Sendable (Int) -> Checked = { chunk in
      let start = chunk * Self.imagesInChunk
      var checked = Checked()
      for image in images[start..<min(start + Self.imagesInChunk, images.count)] {
        checked.add(image, sizer: sizer, finder: finder, renames: renames)
      }
      return checked
    }
    dataset.images.removeAll(keepingCapacity: true)
    try await options.tasks.run(chunks, work: work) { _, checked in
      dataset.images += checked.images
      imported.findings += checked.findings
      imported.turned += checked.turned
      for (what, count) in checked.changes {
        imported.changes[what, default: RecordCounts()] += RecordCounts(images: count)
      }
      return true
    }
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
    /// The names of those that EXIF turns.
    var turned: [String] = []

    /// Adds the results of a part.
    ///
    /// - Parameter renames: Whether images get the names under which their files were found.
    mutating func add(
      _ image: Image, sizer: PictureSizer, finder: COCOPictureFinder, renames: Bool
    ) {
      var image = image
      let claim = PictureSizer.Claim(
        name: image.fileName, origin: image.origin,
        size: ImageSize(width: image.width, height: image.height), field: .fileName)
      let located = finder.find(image.fileName)
      tell(located?.rivals ?? [], of: image, taken: located?.path ?? "")
      if case .success(let header)? = located?.header, header.orientation > 1 {
        turned.append(image.fileName)
      }
      if let size = sizer.size(claim, located, findings: &findings),
        size != ImageSize(width: image.width, height: image.height)
      {
        image.width = size.width
        image.height = size.height
        if !image.isChanged { changes["size taken from the image file", default: 0] += 1 }
        image.isChanged = true
      }
      if renames, let located, located.match == .exact || located.match == .rewritten {
        let name = Path.relative(located.path, to: finder.folder)
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
          "\(image.fileName) is in several folders; \(taken) was used, not "
            + rivals.prefix(3).joined(separator: ", "), at: image.origin, field: .fileName))
    }
  }
}
