import COCO
import Files
import Formats

/// Chooses between formats that an input fits: where one format's files hold all that the others'
/// hold, these were made from it, and it is read; else the user is asked.
struct FormatChoice {
  /// An object as every format tells it: its picture's name without folders and ending, its class
  /// and its box.
  private struct Object {
    var picture: String
    var name: String
    var box: Box
  }

  /// How far apart two edges of one box may be in two formats, in pixels: what rounding does.
  private static let tolerance = 1.0

  private let formats: [(format: Format, evidence: Evidence)]
  private let trees: [InputTree]
  private let options: ImportOptions

  /// - Parameter formats: those that fit, the one that says most of a dataset first.
  init(
    _ formats: [(format: Format, evidence: Evidence)], trees: [InputTree], options: ImportOptions
  ) {
    self.formats = formats
    self.trees = trees
    self.options = options
  }

  /// Reads the input in the first of the formats, where the others hold nothing else.
  ///
  /// - Throws: `DatasetError`, with what is different, where the user has to choose.
  func imported(note: (String) -> Void) async throws -> Imported {
    guard let (first, evidence) = formats.first else {
      throw DatasetError("\(DatasetReader.named(trees)): no format fits")
    }
    let imported = try await first.read(trees, options)
    let objects = Self.objects(of: imported)
    var others: [String] = []
    for (format, evidence) in formats.dropFirst() {
      let other = Self.objects(of: try await format.read(trees, options))
      if let difference = Self.difference(of: other, from: objects) {
        throw ask("in \(format.name) but not in \(first.name): \(difference)")
      }
      if other.isEmpty { throw ask("\(format.name) holds no objects to compare") }
      others.append(
        "; \(format.name) (\(evidence.reason)) holds the same boxes and is not read")
    }
    note("format: \(first.name) (\(evidence.reason))" + others.joined())
    return imported
  }

  private func ask(_ difference: String) -> DatasetError {
    let lines = formats.map { "  --from \($0.format.name): \($0.evidence.reason)" }
    return DatasetError(
      "\(DatasetReader.named(trees)) fits several formats; say which is meant:\n"
        + lines.joined(separator: "\n") + "\n\(difference)")
  }

  private static func objects(of imported: Imported) -> [String: [Object]] {
    var objects: [String: [Object]] = [:]
    for dataset in imported.datasets {
      let pictures = Dictionary(dataset.images.map { ($0.id, $0.fileName) }) { first, _ in first }
      let names = Dictionary(dataset.categories.map { ($0.id, $0.name) }) { first, _ in first }
      for annotation in dataset.annotations {
        guard let path = pictures[annotation.imageID], let box = annotation.box,
          let name = annotation.categoryID.flatMap({ names[$0] })
        else { continue }
        let picture = Path.withoutExtension(Path.name(of: path))
        objects[picture, default: []].append(Object(picture: picture, name: name, box: box))
      }
    }
    return objects
  }

  /// Returns the first object of `others` that is not among `objects`, in words; nil where all are.
  private static func difference(
    of others: [String: [Object]], from objects: [String: [Object]]
  ) -> String? {
    for (picture, list) in others.sorted(by: { $0.key < $1.key }) {
      let known = objects[picture] ?? []
      let missing = list.first { object in !known.contains { isSame($0, object) } }
      if let missing {
        return "\"\(missing.name)\" \(missing.box.cornersText) on \(missing.picture)"
      }
    }
    return nil
  }

  private static func isSame(_ left: Object, _ right: Object) -> Bool {
    left.name == right.name && abs(left.box.x0 - right.box.x0) <= tolerance
      && abs(left.box.y0 - right.box.y0) <= tolerance
      && abs(left.box.x1 - right.box.x1) <= tolerance
      && abs(left.box.y1 - right.box.y1) <= tolerance
  }
}
