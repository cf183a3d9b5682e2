import COCO
import Files
import Formats

/// Reads an export back with the format's own importer and compares classes and boxes with what
/// was meant.
struct ExportVerifier {
  let format: Format
  let tasks: OrderedTasks

  /// How far an edge may move, relative to the box and its place: what a few roundings do.
  private static let tolerance = 1e-6

  /// Throws where anything but what the format cannot hold reads back differently.
  func verify(_ path: String, against datasets: [Dataset]) async throws {
    guard let importer = format.importer else { return }
    var options = ImportOptions()
    options.tasks = tasks
    options.knownSizes = sizes(of: datasets)
    options.classNames = datasets.first?.categories.map(\.name)
    let read = try await importer.init(options).read([InputTree(path)])
    // Of a picture without a size the format may hold nothing.
    let meant = ClassedBox.byPicture(in: datasets) { $0.width > 0 && $0.height > 0 }
    let found = ClassedBox.byPicture(in: read.datasets) { $0.width > 0 && $0.height > 0 }
    for (name, objects) in meant.sorted(by: { $0.key < $1.key }) {
      guard isSame(found[name] ?? [], objects) else {
        throw DatasetError("\(name): the annotations read back differently; nothing was written")
      }
    }
  }

  private func isSame(_ found: [ClassedBox], _ meant: [ClassedBox]) -> Bool {
    guard found.count == meant.count else { return false }
    return zip(found, meant).allSatisfy { found, meant in
      let reach = max(abs(meant.box.x1), abs(meant.box.y1), meant.box.width, meant.box.height, 1)
      return found.isSame(as: meant, within: reach * Self.tolerance)
    }
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
