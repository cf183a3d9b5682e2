public import COCO

/// A split as rules see it: its records, the facts about its images, and their relations.
public final class DatasetView: Sendable {
  /// The index among the splits.
  public let index: Int
  /// The records of the split.
  public let dataset: Dataset
  /// The facts about each image; empty if the images were not examined.
  public let pictures: [PictureFacts?]
  /// Whether it is a split of its own, for training or evaluation.
  let isSplit: Bool
  let imageIndex: IDIndex
  let categoryIndex: IDIndex
  let annotationIndex: IDIndex
  private let byImage: AnnotationsByImage
  /// The number of annotations of each category, by its position.
  public let categoryCounts: [Int]
  /// The numbers of annotations with an outline and of those with an empty list in its place.
  let outlines: OutlineCounts
  /// Whether all areas are 0 or 1 although the boxes are larger.
  let hasUnitAreas: Bool
  /// The convention of the boxes, if they prove that it is not COCO's.
  let boxReading: BoxReading?

  init(_ dataset: Dataset, index: Int, pictures: [PictureFacts?] = [], isSplit: Bool = true) {
    self.isSplit = isSplit
    self.index = index
    self.dataset = dataset
    self.pictures = pictures
    let images = IDIndex(dataset.images.map(\.id))
    let categories = IDIndex(dataset.categories.map(\.id))
    imageIndex = images
    categoryIndex = categories
    var imageCounts = [Int32](repeating: 0, count: dataset.images.count)
    var counts = [Int](repeating: 0, count: dataset.categories.count)
    var outlines = OutlineCounts()
    var areas = UnitAreas()
    dataset.annotations.withUnsafeBufferPointer { annotations in
      for index in annotations.indices {
        if let owner = images.position(of: annotations[index].imageID) { imageCounts[owner] += 1 }
        if let id = annotations[index].categoryID, let category = categories.position(of: id) {
          counts[category] += 1
        }
        outlines.count(annotations[index].segmentation, at: index)
        areas.count(annotations[index].area, of: annotations[index].box)
      }
    }
    annotationIndex = IDIndex(dataset.annotations)
    categoryCounts = counts
    self.outlines = outlines
    hasUnitAreas = areas.areUnits
    boxReading = Self.reading(of: dataset, images, pictures)
    byImage = AnnotationsByImage(
      dataset.annotations, of: images, imageCount: dataset.images.count, counts: imageCounts)
  }

  /// Returns the convention of the boxes, judged by the image files' own sizes if they are known.
  private static func reading(
    of dataset: Dataset, _ images: IDIndex, _ pictures: [PictureFacts?]
  ) -> BoxReading? {
    let owner: (Int) -> Int = { images.position(of: dataset.annotations[$0].imageID) ?? -1 }
    return BoxReading(dataset, owner: owner) { image in
      guard let picture = pictures.isEmpty ? nil : pictures[image] else {
        return (dataset.images[image].width, dataset.images[image].height)
      }
      // Boxes drawn before EXIF turned the picture are another matter.
      return picture.orientation < 5 ? (picture.width, picture.height) : (0, 0)
    }
  }

  /// Returns the positions of an image's annotations, in order.
  func annotations(ofImage position: Int) -> ArraySlice<Int32> {
    byImage[position]
  }

  /// Returns the facts about an image's file; nil if there are none.
  public func picture(ofImage position: Int) -> PictureFacts? {
    pictures.isEmpty ? nil : pictures[position]
  }

  /// Returns the size to judge boxes by, in pixels: the file's own, or the one in the image's
  /// record.
  func size(ofImage position: Int) -> (width: Double, height: Double) {
    if let picture = picture(ofImage: position) {
      return (Double(picture.width), Double(picture.height))
    }
    return (Double(dataset.images[position].width), Double(dataset.images[position].height))
  }

  /// Returns the frame of an annotation.
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

  /// Returns a category's name in quotes, or its id if there is no such category.
  func categoryName(_ id: Int?) -> String {
    guard let id else { return "no category" }
    return categoryIndex.position(of: id).map { "\"\(dataset.categories[$0].name)\"" } ?? "\(id)"
  }

  /// The split's name as messages give it.
  var name: String { dataset.split.map { "\"\($0)\"" } ?? "set \(index + 1)" }
}

/// The numbers of annotations with an outline and of those with an empty list in its place.
struct OutlineCounts: Sendable {
  private(set) var present = 0
  private(set) var empty = 0
  /// The position of the first annotation with an empty list.
  private(set) var firstEmpty: Int?

  fileprivate mutating func count(_ segmentation: Segmentation?, at index: Int) {
    switch segmentation {
    case nil: return
    case .polygons(let polygons)? where polygons.isEmpty:
      empty += 1
      if firstEmpty == nil { firstEmpty = index }
    case .polygons?: present += 1
    // A single run holds no pixel.
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?:
      if mask.counts.count > 1 { present += 1 }
    }
  }
}

/// A test whether all areas are 0 or 1.
private struct UnitAreas {
  private var units = 0
  private var others = 0

  /// The least area of a box that counts; one of a few pixels may well have an area of 1.
  private static let smallest = 4.0

  mutating func count(_ area: Double?, of box: Box?) {
    guard others == 0, let area, let box, box.isFinite, box.area > Self.smallest else { return }
    if area == 0 || area == 1 { units += 1 } else { others += 1 }
  }

  /// Whether all areas are 0 or 1; one object proves nothing.
  var areUnits: Bool { others == 0 && units > 1 }
}

/// The input of the rules: all splits, and the facts about their images.
public struct Subject: Sendable {
  /// The splits.
  public var datasets: [Dataset]
  /// The facts about the images, by dataset and by image; empty if the images were not examined,
  /// nil if an image file is missing or cannot be read.
  public var pictures: [[PictureFacts?]]
  /// The positions of the datasets that are no splits: images that no list names, or a file beside
  /// others whose name indicates no split. Images that they share with others are no leakage.
  public var remainders: Set<Int>

  /// Creates the input of the rules.
  public init(
    _ datasets: [Dataset], pictures: [[PictureFacts?]] = [], remainders: Set<Int> = []
  ) {
    self.datasets = datasets
    self.pictures = pictures
    self.remainders = remainders
  }
}
