import COCO
import Files

/// An importer of Pascal VOC: one XML file for each image, as LabelImg, CVAT, Roboflow and ImageNet
/// write them.
///
/// Everingham et al., "The PASCAL Visual Object Classes Challenge"; the layout is VOCdevkit's, a
/// flat folder, or anything between.
struct VOCImporter: Importer {
  /// The number of files that a task reads at once.
  private static let filesInChunk = 64

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    let layout = VOCLayout(inputs, options: options, imported: &imported)
    var tallies = VOCTallies()
    for split in layout.splits {
      try await read(split, layout: layout, tallies: &tallies, into: &imported)
    }
    imported.findings += tallies.findings(pixels: options.vocPixels)
    fillInDepth(&imported)
    return imported
  }

  /// Gives all images their number of channels if one has an unusual one: some programs expect a
  /// key of one image in all.
  private func fillInDepth(_ imported: inout Imported) {
    let isSpoken = imported.datasets.contains { $0.images.contains { $0.extra["depth"] != nil } }
    guard isSpoken else { return }
    for place in imported.datasets.indices {
      for index in imported.datasets[place].images.indices
      where imported.datasets[place].images[index].extra["depth"] == nil {
        imported.datasets[place].images[index].extra["depth"] = 3
      }
    }
  }

  private func read(
    _ split: VOCLayout.Split, layout: VOCLayout, tallies: inout VOCTallies,
    into imported: inout Imported
  ) async throws {
    let firstSource = imported.sources.add(split.files)
    var assembler = Assembler(classNames: options.classNames ?? [], options: options)
    assembler.expect(pictures: split.files.count)
    let chunks = (split.files.count + Self.filesInChunk - 1) / Self.filesInChunk
    let options = options
    let work: @Sendable (Int) -> VOCAnnotationReader.Batch = { chunk in
      let first = chunk * Self.filesInChunk
      let range = first..<min(first + Self.filesInChunk, split.files.count)
      var reader = VOCAnnotationReader(options: options, layout: layout)
      for index in range { reader.read(split.files[index], source: firstSource + index) }
      return reader.batch
    }
    try await options.tasks.run(chunks, work: work) { _, batch in
      tallies.add(batch.tallies)
      assembler.add(batch.pictures, to: &imported)
      return true
    }
    assembler.add(background(split.pictures), to: &imported)
    assembler.finish(
      split: split.name, hasOwnOrder: options.classNames != nil, into: &imported)
  }
}

extension VOCImporter {
  /// Returns the images that have no XML file, without objects; those of unknown size are rejected.
  private func background(_ pictures: [VOCLayout.BarePicture]) -> PictureBatch {
    var batch = PictureBatch()
    let sizer = PictureSizer(options)
    for picture in pictures {
      batch.read.images += 1
      let name = Path.name(of: picture.path)
      let located = ImageLocator(Path.folder(of: picture.path)).exactly(name)
      let claim = PictureSizer.Claim(name: name, origin: picture.origin)
      guard let size = sizer.size(claim, located, findings: &batch.findings) ?? sizer.sizeOfNone
      else {
        batch.reject(
          .image, .zeroImageSize, "\(name) has no size", at: picture.origin, record: picture.path)
        continue
      }
      let image = Image(
        id: 0, fileName: "", width: size.width, height: size.height, origin: picture.origin)
      batch.pictures.append(Picture(path: picture.path, image: image, annotations: []))
    }
    return batch
  }
}

/// The counts that show how a set's corners were meant.
struct VOCTallies: Sendable {
  var boxes = 0
  /// The number of boxes with a corner at 0, which pixels counted from 1 cannot have.
  var zeros = 0
  /// The number of boxes whose corner is the image's width or height.
  var atSize = 0
  /// The number of boxes that begin at 1 in x or y.
  var ones = 0
  /// The first box that any of these counts.
  var first: Origin?
  /// The number of files whose `<filename>` was not used, and the first of them.
  var denied: (count: Int, message: String, origin: Origin)?

  mutating func add(_ other: VOCTallies) {
    boxes += other.boxes
    zeros += other.zeros
    atSize += other.atSize
    ones += other.ones
    first = first ?? other.first
    guard let more = other.denied else { return }
    denied = denied.map { ($0.count + more.count, $0.message, $0.origin) } ?? more
  }

  /// Counts a file whose `<filename>` names the image of another one.
  mutating func deny(_ name: String, in path: String, at origin: Origin) {
    let message = "\(name) in \(Path.name(of: path))"
    denied = denied.map { ($0.count + 1, $0.message, $0.origin) } ?? (1, message, origin)
  }

  mutating func count(_ corners: VOCCorners, at origin: Origin?, size: ImageSize) {
    boxes += 1
    let isZero = corners.x0 == 0 || corners.y0 == 0
    let isOne = corners.x0 == 1 || corners.y0 == 1
    let isAtSize = corners.x1 == Double(size.width) || corners.y1 == Double(size.height)
    if isZero { zeros += 1 }
    if isOne { ones += 1 }
    if isAtSize { atSize += 1 }
    if first == nil, isZero || isOne || isAtSize { first = origin }
  }

  /// Returns the findings about the set as a whole.
  func findings(pixels: ImportOptions.VOCPixels) -> [Finding] {
    pixelEvidence(pixels) + deniedNames
  }

  private var deniedNames: [Finding] {
    guard let denied else { return [] }
    let files = denied.count == 1 ? "1 file names" : "\(denied.count) files name"
    return [
      Finding(
        .filenameStemMismatch,
        "\(files) another one's image in <filename>, the first \(denied.message); "
          + "the image of the file's own name is used", at: denied.origin)
    ]
  }

  /// Returns one finding with the counts, at the first box counted, if there is any evidence.
  private func pixelEvidence(_ pixels: ImportOptions.VOCPixels) -> [Finding] {
    guard zeros + ones + atSize > 0 else { return [] }
    let counts =
      "of \(boxes) boxes \(zeros) have a minimum of 0, \(ones) a minimum of 1, "
      + "\(atSize) a maximum equal to the size"
    let advice =
      switch pixels {
      case .asWritten where zeros == 0 && ones > 0:
        "; pixels may be counted from 1: see --voc-pixels one-based"
      case .oneBased where zeros > 0:
        "; a minimum of 0 contradicts --voc-pixels one-based"
      case .asWritten, .oneBased: ""
      }
    return [
      Finding(.pixelConventionEvidence, counts + advice, at: first)
    ]
  }
}
