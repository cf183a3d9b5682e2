import COCO
import Files
import Formats

/// A verifier that reads an export back with the format's own importer and compares classes and
/// boxes with the intended ones.
struct ExportVerifier {
  let format: Format
  let exporter: any Exporter
  let written: ExportOptions
  let tasks: OrderedTasks

  /// The change that an edge may have, relative to the box and its place, which a few roundings
  /// explain.
  private static let tolerance = 1e-6

  /// Returns the records of `datasets` that read back differently from the files at `path`, and the
  /// images from whose places readers find no file of theirs.
  func differences(
    _ path: String, from datasets: [Dataset], _ pictures: [PlacedPicture]
  ) async throws -> [LeftOutRecord] {
    guard let importer = format.importer else { return [] }
    let unfound = unfound(pictures, in: path)
    if !unfound.isEmpty { return unfound }
    var datasets = exporter.meant(datasets)
    // Files know a picture by the name of its place.
    for picture in pictures {
      datasets[picture.dataset].images[picture.index].fileName = picture.path
    }
    var options = ImportOptions()
    options.tasks = tasks
    options.vocPixels = written.vocPixels
    options.knownSizes = sizes(of: datasets)
    // Classes are numbered over all splits.
    options.classNames = datasets.categoryNames
    let read = try await importer.init(options).read([InputTree(path)])
    // Of a picture without a size the format may hold nothing.
    let meant = ClassedBox.byPicture(in: datasets, where: hasSize)
    let found = ClassedBox.byPicture(in: read.datasets, where: hasSize)
    let differing = meant.filter { !isSame(found[$0.key] ?? [], $0.value) }.keys
    let lost = lostPictures(of: datasets, in: read.datasets)
    if differing.isEmpty { return lost }
    return lost + records(in: datasets, of: Set(differing), otherThan: found)
  }

  /// Returns the images of `datasets` without objects that are not among those that were read; for
  /// the others the objects show it.
  private func lostPictures(of datasets: [Dataset], in read: [Dataset]) -> [LeftOutRecord] {
    let found = Set(read.lazy.flatMap(\.images).map { ClassedBox.picture(of: $0) })
    var lost: [LeftOutRecord] = []
    for (place, dataset) in datasets.enumerated() {
      let owners = Set(dataset.annotations.lazy.map(\.imageID))
      for (index, image) in dataset.images.enumerated()
      where hasSize(image) && !owners.contains(image.id)
        && !found.contains(ClassedBox.picture(of: image))
      {
        let reason = "it is not among the images that are read back"
        lost.append(LeftOutRecord(.image, dataset: place, index: index, reason))
      }
    }
    return lost
  }

  /// Returns the images from whose places readers find no file in `folder`, or another's.
  private func unfound(_ pictures: [PlacedPicture], in folder: String) -> [LeftOutRecord] {
    guard let annotationFile = format.annotationFile else { return [] }
    var found: Set<String> = []
    return pictures.compactMap { picture in
      let reason: String
      if let file = annotationFile(picture.path), FileStatus(Path.join(folder, file)) != nil {
        if found.insert(file).inserted { return nil }
        reason = "readers use \(file) for it, which belongs to another image"
      } else {
        reason = "readers find no file for it at \(picture.path)"
      }
      return LeftOutRecord(.image, dataset: picture.dataset, index: picture.index, reason)
    }
  }

  /// Returns the records of the named images that were not found again. An image that reads back
  /// with more than was written cannot be distinguished from another one, and is removed itself.
  private func records(
    in datasets: [Dataset], of names: Set<String>, otherThan found: [String: [ClassedBox]]
  ) -> [LeftOutRecord] {
    var rest = found
    var missing: [String: Int] = [:]
    var records: [LeftOutRecord] = []
    ClassedBox.forEach(in: datasets, where: hasSize) { image, meant, place, index in
      let picture = ClassedBox.picture(of: image)
      guard names.contains(picture) else { return }
      if let same = rest[picture]?.firstIndex(where: { isSame($0, meant) }) {
        rest[picture]?.remove(at: same)
        return
      }
      missing[picture, default: 0] += 1
      let reason = "its record on \(image.fileName) reads back differently"
      records.append(LeftOutRecord(.annotation, dataset: place, index: index, reason))
    }
    for (place, dataset) in datasets.enumerated() {
      for (index, image) in dataset.images.enumerated() {
        let picture = ClassedBox.picture(of: image)
        guard names.contains(picture), rest[picture]?.count ?? 0 > missing[picture] ?? 0 else {
          continue
        }
        let reason = "more objects are read back than were written"
        records.append(LeftOutRecord(.image, dataset: place, index: index, reason))
      }
    }
    return records
  }

  private func isSame(_ found: [ClassedBox], _ meant: [ClassedBox]) -> Bool {
    guard found.count == meant.count else { return false }
    return zip(found, meant).allSatisfy(isSame)
  }

  private func isSame(_ found: ClassedBox, _ meant: ClassedBox) -> Bool {
    let reach = max(abs(meant.box.x1), abs(meant.box.y1), meant.box.width, meant.box.height, 1)
    return found.isSame(as: meant, within: reach * Self.tolerance)
  }

  private func hasSize(_ image: Image) -> Bool {
    image.width > 0 && image.height > 0
  }

  private func sizes(of datasets: [Dataset]) -> [String: ImageSize] {
    var sizes: [String: ImageSize] = [:]
    for image in datasets.flatMap(\.images) {
      let size = ImageSize(width: image.width, height: image.height)
      sizes[image.fileName] = size
      sizes[Path.name(of: image.fileName)] = size
    }
    return sizes
  }
}
