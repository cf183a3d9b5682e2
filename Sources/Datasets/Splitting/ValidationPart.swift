import COCO
import Files
public import Formats

/// A validation part made from a set that has none.
///
/// Copies that an export made of one image stay together. Categories are distributed evenly, the
/// rarest first: iterative stratification, Sechidis et al. 2011,
/// doi.org/10.1007/978-3-642-23808-6_10.
public struct ValidationPart: Sendable {
  /// The share of the images, above 0 and below 1.
  public let share: Double

  /// Creates a part that takes a share of the images.
  public init(share: Double) {
    self.share = share
  }

  /// Moves images of the training part to a new validation part, and notes their number.
  ///
  /// The same images are chosen on every machine. Nothing is changed, and a note gives the reason,
  /// if there is a validation part, or nothing that could be divided.
  public func make(in imported: inout Imported) {
    let roles = imported.datasets.map { $0.split.flatMap { SplitName.role($0) } }
    if let place = roles.firstIndex(of: "val") {
      imported.notes.append(
        "--val creates no split, because the set already has \"\(imported.datasets[place].split ?? "")\""
      )
      return
    }
    let unnamed = imported.datasets.firstIndex { $0.split == nil }
    guard let place = roles.firstIndex(of: "train") ?? unnamed else {
      let names = imported.datasets.compactMap(\.split).joined(separator: ", ")
      imported.notes.append("--val creates no split: none of the splits, \(names), is for training")
      return
    }
    let whole = imported.datasets[place]
    let chosen = ValidationChoice(whole, share: share).images
    guard !chosen.isEmpty, chosen.count < whole.images.count else {
      imported.notes.append("--val creates no split, because its images cannot be divided")
      return
    }
    let keepsIDs = imported.format?.holdsAll == true
    var train = whole.part(keepsIDs: keepsIDs) { !chosen.contains($0) }
    var val = whole.part(keepsIDs: keepsIDs, where: chosen.contains)
    // COCO's train2017 has a val2017 beside it.
    let year = whole.split?.drop { $0.isLetter } ?? ""
    let hasYear = year.count == 4 && year.allSatisfy(\.isNumber)
    train.split = hasYear ? whole.split : "train"
    val.split = hasYear ? "val\(year)" : "val"
    let folder = imported.imageFolders.removeValue(forKey: whole.split ?? "")
    for part in [train, val] { imported.imageFolders[part.split ?? ""] = folder }
    imported.headers = [:]
    imported.datasets.replaceSubrange(place...place, with: [train, val])
    imported.notes.append(
      "validation split \"\(val.split ?? "")\": \(val.images.count) of \(whole.images.count) images"
    )
  }
}

/// The images of a validation part.
private struct ValidationChoice {
  /// The places of the chosen images in the dataset.
  private(set) var images: Set<Int> = []

  /// Images that stay together.
  private struct Group {
    var key: String
    var images: [Int] = []
    /// The number of objects of each category, and under nil the number of images without any.
    var counts: [Int?: Int] = [:]
  }

  init(_ dataset: Dataset, share: Double) {
    var groups = Self.groups(of: dataset)
    let first = groups.count > 1 ? groups[0] : nil
    var wanted: [Int?: Double] = [:]
    for group in groups {
      for (label, count) in group.counts { wanted[label, default: 0] += share * Double(count) }
    }
    var wantedImages = share * Double(dataset.images.count)
    var rest: [Int?: Int] = [:]
    for group in groups {
      for (label, count) in group.counts { rest[label, default: 0] += count }
    }
    while let rarest = rest.min(by: { Self.comesFirst($0, $1) }) {
      let label = rarest.key
      let (own, others) = Self.part(groups, by: label)
      for group in own {
        let most = wanted[label] ?? 0
        // Half a picture is rounded up, so that a class of few is seen in the smaller part too.
        if most * 2 >= Double(group.counts[label] ?? 0), wantedImages > 0 {
          images.formUnion(group.images)
          wantedImages -= Double(group.images.count)
          for (label, count) in group.counts { wanted[label, default: 0] -= Double(count) }
        }
        for (label, count) in group.counts {
          rest[label, default: 0] -= count
          if rest[label] ?? 0 <= 0 { rest[label] = nil }
        }
      }
      rest[label] = nil
      groups = others
    }
    // Less than one picture is asked for.
    if images.isEmpty, let first { images = Set(first.images) }
  }

  /// Returns whether a class is shared out before another: the rarer one, at a tie the smaller id.
  private static func comesFirst(
    _ left: (key: Int?, value: Int), _ right: (key: Int?, value: Int)
  ) -> Bool {
    (left.value, left.key ?? .max) < (right.value, right.key ?? .max)
  }

  private static func part(_ groups: [Group], by label: Int?) -> (own: [Group], others: [Group]) {
    (groups.filter { $0.counts[label] != nil }, groups.filter { $0.counts[label] == nil })
  }

  /// Returns the images of a set in groups, in an order that does not depend on their content.
  private static func groups(of dataset: Dataset) -> [Group] {
    var places: [String: Int] = [:]
    var groups: [Group] = []
    var owners: [Int: Int] = [:]
    for (index, image) in dataset.images.enumerated() {
      let key = source(of: image.fileName)
      let place = places[key] ?? groups.count
      if place == groups.count {
        places[key] = place
        groups.append(Group(key: key))
      }
      groups[place].images.append(index)
      owners[image.id] = place
    }
    var hasObjects: Set<Int> = []
    for annotation in dataset.annotations {
      guard let place = owners[annotation.imageID], let category = annotation.categoryID else {
        continue
      }
      groups[place].counts[category, default: 0] += 1
      hasObjects.insert(annotation.imageID)
    }
    for image in dataset.images where !hasObjects.contains(image.id) {
      if let place = owners[image.id] { groups[place].counts[Int?.none, default: 0] += 1 }
    }
    let order = groups.map { (Self.hash($0.key), $0.key) }
    return groups.indices.sorted { order[$0] < order[$1] }.map { groups[$0] }
  }

  /// Returns the name of the image that an export was made of: Roboflow adds `.rf.` and a digest to
  /// the names of its copies.
  private static func source(of fileName: String) -> String {
    let stem = Path.withoutExtension(fileName)
    var (end, rest) = (stem.endIndex, stem[...])
    while let mark = rest.firstRange(ofBytes: ".rf.") {
      end = mark.lowerBound
      rest = rest[mark.upperBound...]
    }
    return String(stem[..<end])
  }

  /// Returns the FNV-1a hash of a text, 64 bits.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
