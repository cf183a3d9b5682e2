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
  /// What all annotations say together.
  let facts: SetFacts

  /// Creates the view of a split.
  ///
  /// - Parameters:
  ///   - dataset: The records.
  ///   - index: The index among the splits.
  ///   - pictures: The facts about each image; empty if the images were not examined.
  ///   - isSplit: Whether it is a split of its own.
  ///   - facts: What the annotations of the whole set say, of which the records are a part; nil if
  ///     they are all.
  init(
    _ dataset: Dataset, index: Int, pictures: [PictureFacts?] = [], isSplit: Bool = true,
    facts: SetFacts? = nil
  ) {
    self.isSplit = isSplit
    self.index = index
    self.dataset = dataset
    self.pictures = pictures
    let images = IDIndex(dataset.images.map(\.id))
    let categories = IDIndex(dataset.categories.map(\.id))
    imageIndex = images
    categoryIndex = categories
    var imageCounts = [Int32](repeating: 0, count: dataset.images.count)
    var tally = AnnotationTally(categories: dataset.categories.count)
    dataset.annotations.withUnsafeBufferPointer { annotations in
      for index in annotations.indices {
        if let owner = images.position(of: annotations[index].imageID) { imageCounts[owner] += 1 }
        if facts != nil { continue }
        tally.count(
          annotations[index], at: index,
          category: annotations[index].categoryID.flatMap(categories.position))
      }
    }
    annotationIndex = IDIndex(dataset.annotations)
    self.facts = facts ?? Self.facts(of: dataset, tally, images, pictures)
    byImage = AnnotationsByImage(
      dataset.annotations, of: images, imageCount: dataset.images.count, counts: imageCounts)
  }

  /// Returns the facts about a whole set.
  private static func facts(
    of dataset: Dataset, _ tally: AnnotationTally, _ images: IDIndex, _ pictures: [PictureFacts?]
  ) -> SetFacts {
    let owner: (Int) -> Int = { images.position(of: dataset.annotations[$0].imageID) ?? -1 }
    let reading = BoxReading(dataset, owner: owner) {
      size(of: dataset.images[$0], pictures, at: $0)
    }
    return SetFacts(
      categoryCounts: tally.categoryCounts, outlines: tally.outlines,
      hasUnitAreas: tally.hasUnitAreas, boxReading: reading,
      firstOddBox: reading.map {
        NotedAnnotation(index: $0.first, origin: dataset.annotations[$0.first].origin)
      })
  }

  /// Returns the size of an image to judge the convention of boxes by: that of its file if it is
  /// known.
  static func size(
    of image: Image, _ pictures: [PictureFacts?], at position: Int
  ) -> (width: Int, height: Int) {
    guard let picture = pictures.isEmpty ? nil : pictures[position] else {
      return (image.width, image.height)
    }
    // Boxes drawn before EXIF turned the picture are another matter.
    return picture.orientation < 5 ? (picture.width, picture.height) : (0, 0)
  }

  /// The number of annotations of each category, by its position.
  public var categoryCounts: [Int] { facts.categoryCounts }
  /// The numbers of annotations with an outline and of those with an empty list in its place.
  var outlines: OutlineCounts { facts.outlines }
  /// Whether all areas are 0 or 1 although the boxes are larger.
  var hasUnitAreas: Bool { facts.hasUnitAreas }
  /// The convention of the boxes, if they prove that it is not COCO's.
  var boxReading: BoxReading? { facts.boxReading }

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
