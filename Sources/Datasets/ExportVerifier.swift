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
    let meant = objects(of: datasets)
    let found = objects(of: read.datasets)
    for (name, objects) in meant.sorted(by: { $0.key < $1.key }) {
      guard isSame(found[name] ?? [], objects) else {
        throw DatasetError("\(name): the annotations read back differently; nothing was written")
      }
    }
  }

  /// An object's class and its box.
  private struct Object {
    var name: String
    var box: Box
  }

  /// Objects by the picture's name without folders and ending, which all formats keep.
  private func objects(of datasets: [Dataset]) -> [String: [Object]] {
    var objects: [String: [Object]] = [:]
    for dataset in datasets {
      let images = Dictionary(
        dataset.images.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      let names = Dictionary(
        dataset.categories.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
      for annotation in dataset.annotations {
        guard let image = images[annotation.imageID], image.width > 0, image.height > 0,
          let box = annotation.box, let name = annotation.categoryID.flatMap({ names[$0] })
        else { continue }
        let key = Path.withoutExtension(Path.name(of: image.fileName))
        objects[key, default: []].append(Object(name: name, box: box))
      }
    }
    return objects
  }

  private func isSame(_ found: [Object], _ meant: [Object]) -> Bool {
    guard found.count == meant.count else { return false }
    return zip(found, meant).allSatisfy { found, meant in
      let reach = max(abs(meant.box.x1), abs(meant.box.y1), meant.box.width, meant.box.height, 1)
      let slack = reach * Self.tolerance
      return found.name == meant.name && abs(found.box.x0 - meant.box.x0) <= slack
        && abs(found.box.y0 - meant.box.y0) <= slack && abs(found.box.x1 - meant.box.x1) <= slack
        && abs(found.box.y1 - meant.box.y1) <= slack
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
