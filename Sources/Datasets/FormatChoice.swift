import COCO
import Files
import Formats

/// A choice between formats that an input fits: if one format's files hold everything that the
/// others' hold, these were made from it, and it is read; otherwise the user has to choose.
struct FormatChoice {
  /// The distance in pixels that two edges of one box may have in two formats, which rounding and
  /// counting from 1 explain.
  private static let tolerance = 1.5

  private typealias Fitting = (format: Format, evidence: Evidence)

  private let formats: [(format: Format, evidence: Evidence)]
  private let trees: [InputTree]
  private let options: ImportOptions

  /// Creates a choice.
  ///
  /// - Parameter formats: The formats that fit, the one with the most information first.
  init(
    _ formats: [(format: Format, evidence: Evidence)], trees: [InputTree], options: ImportOptions
  ) {
    self.formats = formats
    self.trees = trees
    self.options = options
  }

  /// Reads the input in the first of the formats whose files hold everything that the others' hold.
  /// If only another one has splits, they are used.
  ///
  /// - Throws: `DatasetError`, with the difference, if the user has to choose.
  func imported(note: (String) -> Void) async throws -> Imported {
    var readings: [Reading] = []
    for (format, evidence) in formats {
      readings.append(Reading(try await format.read(trees, options), evidence))
    }
    let others = readings.filter { !$0.isOwnWork }
    if !others.isEmpty, others.count < readings.count {
      note(
        "note: COCO files that copra wrote are not read beside other formats (--from coco reads them)"
      )
      readings = others
    }
    let strays = readings.filter { reading in reading.isStray(among: readings) }
    let full = readings.filter { reading in
      !reading.objects.isEmpty && !strays.contains { $0.name == reading.name }
    }
    guard var chosen = full.first ?? readings.first else {
      throw DatasetError("\(DatasetReader.named(trees)): no format fits")
    }
    if let whole = full.first(where: { reading in
      full.allSatisfy {
        reading.holds($0) && (chosen.name == reading.name || $0.agrees(with: reading))
      }
    }) {
      chosen = whole
    } else if let difference = full.lazy.compactMap({ $0.difference(from: chosen) }).first {
      throw ask(difference)
    }
    let unread = readings.filter { $0.name != chosen.name }
    var sentence = "format: \(chosen.name) (\(chosen.evidence.reason))"
    for other in unread {
      sentence += "; \(other.name) (\(other.evidence.reason)) "
      sentence +=
        strays.contains { $0.name == other.name } ? other.whatStrayHolds : other.whatItHolds
      sentence += " and is not read"
    }
    note(sentence)
    if let splits = unread.first(where: \.tellsSplits), !chosen.tellsSplits,
      !options.ignoresSplits, SplitTransfer.move(splits.imported.datasets, to: &chosen.imported)
    {
      note("note: the splits are those of \(splits.name)")
    }
    return chosen.imported
  }

  private func ask(_ difference: String) -> DatasetError {
    let lines = formats.map { "  --from \($0.format.name): \($0.evidence.reason)" }
    return DatasetError(
      "\(DatasetReader.named(trees)) fits several formats; choose one:\n"
        + lines.joined(separator: "\n") + "\n\(difference)")
  }

  /// The input as read in one format.
  private struct Reading {
    var imported: Imported
    let evidence: Evidence
    let objects: [String: [ClassedBox]]
    /// The distance that an edge may be off because of the decimals written.
    private let rounding: Double
    /// Whether the classes are mere numbers, whose names are not known.
    private let areClassesNumbers: Bool

    init(_ imported: Imported, _ evidence: Evidence) {
      self.imported = imported
      self.evidence = evidence
      // A box without area is no object that another format would have to hold: -1 -1 -1 -1 stands for none.
      objects = ClassedBox.byPicture(in: imported.datasets).compactMapValues { list in
        let solid = list.filter { $0.box.width > 0 && $0.box.height > 0 }
        return solid.isEmpty ? nil : solid
      }
      rounding = imported.format == .yolo ? WrittenDecimals.rounding(in: imported.datasets) : 0
      areClassesNumbers = imported.datasets.allSatisfy { dataset in
        dataset.categories.allSatisfy { Int($0.name) != nil }
      }
    }

    var name: String { imported.format?.name ?? "" }

    /// Whether all of it was written by copra.
    var isOwnWork: Bool {
      imported.format == .coco && !imported.datasets.isEmpty
        && imported.datasets.allSatisfy { COCOInfo.isOwnWork($0.info) }
    }

    var tellsSplits: Bool { imported.datasets.count > 1 }

    /// Returns whether all that `other` holds is here too.
    func holds(_ other: Reading) -> Bool {
      other.objects.allSatisfy { picture, list in
        list.allSatisfy { has($0, on: picture, of: other) }
      }
    }

    /// Returns whether, on the images that both hold, this reading has everything that `other`
    /// holds.
    func agrees(with other: Reading) -> Bool {
      other.objects.allSatisfy { picture, list in
        objects[picture] == nil || list.allSatisfy { has($0, on: picture, of: other) }
      }
    }

    private func has(_ object: ClassedBox, on picture: String, of other: Reading) -> Bool {
      let ignoresNames = areClassesNumbers || other.areClassesNumbers
      let slack = max(tolerance, rounding, other.rounding)
      return objects[picture]?.contains {
        $0.isSame(as: object, within: slack, ignoringName: ignoresNames)
      } ?? false
    }

    /// Returns whether this reading is about other images than any other reading's: data of a
    /// program that lies in the same folder. None of its images exists, or few beside those of
    /// another reading.
    func isStray(among readings: [Reading]) -> Bool {
      let others = readings.filter { $0.name != name && !$0.objects.isEmpty }
      guard !objects.isEmpty, others.contains(where: \.hasPictures),
        others.allSatisfy({ other in objects.keys.allSatisfy { other.objects[$0] == nil } })
      else { return false }
      let most = others.map(\.objects.count).max() ?? 0
      return !hasPictures || objects.count <= Self.few && objects.count * 10 <= most
    }

    /// The most images of an example that comes with a program.
    private static let few = 16

    /// The description of a stray reading.
    var whatStrayHolds: String {
      let count = objects.count == 1 ? "1 other image" : "\(objects.count) other images"
      return "is about \(count)" + (hasPictures ? "" : ", none of which was found,")
    }

    /// Whether the file of one of the images with objects exists in its place.
    private var hasPictures: Bool {
      imported.datasets.contains { dataset in
        guard let folder = imported.imageFolders[dataset.split ?? ""] else { return false }
        return dataset.images.contains { FileStatus(Path.join(folder, $0.fileName)) != nil }
      }
    }

    /// The description of a format that is not read.
    var whatItHolds: String {
      if !objects.isEmpty { return "contains the same boxes" }
      let boxes = imported.rejections.count { $0.kind == .annotation }
      if boxes == 0 { return "contains no boxes" }
      let missing: Set<FaultKind> = [.labelWithoutImage, .missingImageFile]
      let lacksPictures = imported.rejections.contains { missing.contains($0.finding.kind) }
      return "contains \(boxes) boxes that cannot be read"
        + (lacksPictures
          ? ", because their images were not found (--images gives their folder)," : "")
    }

    /// Describes the first object that is here and not in `other`; returns nil if all are.
    func difference(from other: Reading) -> String? {
      for (picture, list) in objects.sorted(by: { $0.key < $1.key }) {
        guard let missing = list.first(where: { !other.has($0, on: picture, of: self) }) else {
          continue
        }
        let here = place(of: missing, on: picture).map { " (\($0))" } ?? ""
        let there = other.place(of: nil, on: picture).map { ", which is read from \($0)" } ?? ""
        return "in \(name) but not in \(other.name): \"\(missing.name)\" "
          + "\(missing.box.cornersText) on \(picture)\(here)\(there)"
      }
      return nil
    }

    /// Returns the place of an object of an image, or of the image itself if none is given.
    private func place(of object: ClassedBox?, on picture: String) -> Place? {
      var origin: Origin?
      let isMeant: (Image) -> Bool = { ClassedBox.picture(of: $0) == picture }
      ClassedBox.forEach(in: imported.datasets, where: isMeant) { image, candidate, place, index in
        guard origin == nil else { return }
        if let object {
          guard candidate.isSame(as: object, within: 0) else { return }
          origin = imported.datasets[place].annotations[index].origin
        } else {
          origin = image.origin
        }
      }
      var finder = PlaceFinder(imported.sources)
      return origin.map { finder.place(of: $0) }
    }
  }
}
