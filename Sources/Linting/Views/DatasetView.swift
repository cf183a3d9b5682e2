public import COCO

/// A split as rules see it: its records, what is known of its pictures, and who belongs to whom.
public final class DatasetView: Sendable {
  /// Among the splits.
  public let index: Int
  public let dataset: Dataset
  /// As many as there are images, or none where nobody looked.
  public let pictures: [PictureFacts?]
  let imageIndex: IDIndex
  let categoryIndex: IDIndex
  let annotationIndex: IDIndex
  /// The annotations of each image, one image's after the other's.
  private let byImage: [Int32]
  /// Where each image's annotations begin in `byImage`, and their end.
  private let starts: [Int32]
  /// Annotations of each category, by its position.
  public let categoryCounts: [Int]
  /// Whether any annotation has an outline that is not empty.
  let hasOutlines: Bool

  init(_ dataset: Dataset, index: Int, pictures: [PictureFacts?] = []) {
    self.index = index
    self.dataset = dataset
    self.pictures = pictures
    let images = IDIndex(dataset.images.map(\.id))
    let categories = IDIndex(dataset.categories.map(\.id))
    imageIndex = images
    categoryIndex = categories
    var ids: [Int] = []
    ids.reserveCapacity(dataset.annotations.count)
    var owners: [Int32] = []
    owners.reserveCapacity(dataset.annotations.count)
    var starts = [Int32](repeating: 0, count: dataset.images.count + 1)
    var counts = [Int](repeating: 0, count: dataset.categories.count)
    var hasOutlines = false
    dataset.annotations.withUnsafeBufferPointer { annotations in
      for index in annotations.indices {
        ids.append(annotations[index].id)
        let owner = images.position(of: annotations[index].imageID) ?? -1
        owners.append(Int32(owner))
        if owner >= 0 { starts[owner + 1] += 1 }
        if let id = annotations[index].categoryID, let category = categories.position(of: id) {
          counts[category] += 1
        }
        hasOutlines = hasOutlines || annotations[index].segmentation?.isEmpty == false
      }
    }
    for index in 1..<max(starts.count, 1) { starts[index] += starts[index - 1] }
    annotationIndex = IDIndex(ids)
    categoryCounts = counts
    self.hasOutlines = hasOutlines
    self.starts = starts
    byImage = Self.grouped(owners, starts: starts)
  }

  private static func grouped(_ owners: [Int32], starts: [Int32]) -> [Int32] {
    var next = starts
    var grouped = [Int32](repeating: 0, count: Int(starts.last ?? 0))
    for (annotation, owner) in owners.enumerated() where owner >= 0 {
      grouped[Int(next[Int(owner)])] = Int32(annotation)
      next[Int(owner)] += 1
    }
    return grouped
  }

  /// The positions of an image's annotations, in order.
  func annotations(ofImage position: Int) -> ArraySlice<Int32> {
    byImage[Int(starts[position])..<Int(starts[position + 1])]
  }

  /// What is known of an image's picture.
  public func picture(ofImage position: Int) -> PictureFacts? {
    pictures.isEmpty ? nil : pictures[position]
  }

  /// The size to judge boxes by, in pixels: the picture's own, else the one that the image gives.
  func size(ofImage position: Int) -> (width: Double, height: Double) {
    if let picture = picture(ofImage: position) {
      return (Double(picture.width), Double(picture.height))
    }
    return (Double(dataset.images[position].width), Double(dataset.images[position].height))
  }

  /// Where an annotation stands.
  func frame(of annotation: Annotation, at index: Int) -> Frame {
    let image = imageIndex.position(of: annotation.imageID)
    let size = image.map(size) ?? (width: 0, height: 0)
    return Frame(
      index: index, image: image,
      category: annotation.categoryID.flatMap(categoryIndex.position), width: size.width,
      height: size.height,
      condition: BoxCondition(annotation.box, width: size.width, height: size.height),
      outline: Outline(annotation.segmentation))
  }

  /// A category's name in quotes, its id where there is no such category.
  func categoryName(_ id: Int?) -> String {
    guard let id else { return "no category" }
    return categoryIndex.position(of: id).map { "\"\(dataset.categories[$0].name)\"" } ?? "\(id)"
  }

  /// The split's name, as messages have it.
  var name: String { dataset.split.map { "\"\($0)\"" } ?? "set \(index + 1)" }
}

extension Segmentation {
  /// Whether there is nothing in it: no ring, or no pixel.
  var isEmpty: Bool {
    switch self {
    case .polygons(let polygons): polygons.isEmpty
    case .runLengths(let mask), .compressedRunLengths(let mask): mask.area == 0
    }
  }
}

/// Everything that rules judge: all splits, and what is known of their pictures.
public struct Subject: Sendable {
  public var datasets: [Dataset]
  /// What was measured of the pictures, by dataset and by image; empty where nobody looked, nil
  /// where a picture is not there or cannot be read.
  public var pictures: [[PictureFacts?]]

  public init(_ datasets: [Dataset], pictures: [[PictureFacts?]] = []) {
    self.datasets = datasets
    self.pictures = pictures
  }
}
