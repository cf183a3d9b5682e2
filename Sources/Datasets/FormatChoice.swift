import COCO
import Files
import Formats

/// Chooses between formats that an input fits: where one format's files hold all that the others'
/// hold, these were made from it, and it is read; else the user is asked.
struct FormatChoice {
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
    let objects = ClassedBox.byPicture(in: imported.datasets)
    var others: [String] = []
    for (format, evidence) in formats.dropFirst() {
      let other = ClassedBox.byPicture(
        in: try await format.read(trees, options).datasets)
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

  /// Returns the first object of `others` that is not among `objects`, in words; nil where all are.
  private static func difference(
    of others: [String: [ClassedBox]], from objects: [String: [ClassedBox]]
  ) -> String? {
    for (picture, list) in others.sorted(by: { $0.key < $1.key }) {
      let known = objects[picture] ?? []
      let missing = list.first { object in
        !known.contains { $0.isSame(as: object, within: tolerance) }
      }
      if let missing {
        return "\"\(missing.name)\" \(missing.box.cornersText) on \(picture)"
      }
    }
    return nil
  }
}
