import COCO

/// The raw counts of one split or of several, before quantiles are taken of them.
final class Tally {
  private var statistics = SplitStatistics()
  private var objectsOfCategories: [Int]
  private var imagesOfCategories: [Int]
  private var objectsPerImage: [Int: Int] = [:]
  private var pairs = CategoryPairs()
  private var pictureSizes: [PictureSize: Int] = [:]
  private var samples = ExtentSamples()

  init(categories: Int) {
    objectsOfCategories = [Int](repeating: 0, count: categories)
    imagesOfCategories = objectsOfCategories
  }

  /// Counts a dataset whose categories have these positions in the list of all.
  func count(_ dataset: Dataset, positions: [Int]) {
    statistics.images += dataset.images.count
    statistics.annotations += dataset.annotations.count
    for image in dataset.images {
      pictureSizes[PictureSize(width: image.width, height: image.height), default: 0] += 1
    }
    let images = IDIndex(dataset.images.map(\.id))
    let categories = IDIndex(dataset.categories.map(\.id))
    var occurrences = Occurrences(images: dataset.images.count)
    samples.reserve(dataset.annotations.count)
    // By index: a copy of each annotation would cost more than counting it.
    for index in dataset.annotations.indices {
      let category = position(of: dataset.annotations[index].categoryID, in: categories, positions)
      let image = images.position(of: dataset.annotations[index].imageID)
      count(dataset.annotations[index])
      if let category { objectsOfCategories[category] += 1 }
      if let image {
        occurrences.add(image: image, category: category)
      } else {
        statistics.forms.unknownImage += 1
      }
      count(
        dataset.annotations[index].box,
        on: image.map { (dataset.images[$0].width, dataset.images[$0].height) })
    }
    for objects in occurrences.objectsPerImage { objectsPerImage[objects, default: 0] += 1 }
    occurrences.addImages(toCategories: &imagesOfCategories, pairs: &pairs)
  }

  private func position(
    of id: Int?, in categories: IDIndex, _ positions: [Int]
  ) -> Int? {
    guard let id else {
      statistics.forms.withoutCategory += 1
      return nil
    }
    guard let index = categories.position(of: id) else {
      statistics.forms.unknownCategory += 1
      return nil
    }
    return positions[index]
  }

  private func count(_ annotation: borrowing Annotation) {
    if annotation.isCrowd == 1 { statistics.forms.crowds += 1 }
    switch annotation.segmentation {
    case .polygons(let polygons): statistics.forms.polygons += polygons.isEmpty ? 0 : 1
    case .runLengths, .compressedRunLengths: statistics.forms.runLengths += 1
    case nil: break
    }
    if let keypoints = annotation.keypoints,
      stride(from: 2, to: keypoints.count, by: 3).contains(where: { keypoints[$0] > 0 })
    {
      statistics.forms.keypoints += 1
    }
    let area = SplitStatistics.Sizes.area(annotation.area, box: annotation.box)
    statistics.sizes.add(area)
    if let area { statistics.areas.add(area) }
  }

  private func count(_ box: Box?, on size: (width: Int, height: Int)?) {
    guard let box else {
      statistics.forms.withoutBox += 1
      return
    }
    guard box.isFinite, box.width > 0, box.height > 0 else {
      statistics.forms.withoutExtent += 1
      return
    }
    let ratio = box.width / box.height
    statistics.aspectRatios.add(ratio)
    samples.add(box, ratio: ratio)
    if let size, size.width > 0, size.height > 0 {
      let width = box.width / Double(size.width)
      let height = box.height / Double(size.height)
      samples.add(relativeWidth: width, relativeHeight: height)
      statistics.grid.add(width: width, height: height)
      statistics.centres.add(
        x: (box.x + box.width / 2) / Double(size.width),
        y: (box.y + box.height / 2) / Double(size.height))
    }
  }

  /// Adds the counts of another split of the same dataset.
  func add(_ other: Tally) {
    statistics.images += other.statistics.images
    statistics.annotations += other.statistics.annotations
    statistics.forms += other.statistics.forms
    statistics.sizes += other.statistics.sizes
    statistics.aspectRatios += other.statistics.aspectRatios
    statistics.areas += other.statistics.areas
    statistics.grid += other.statistics.grid
    statistics.centres += other.statistics.centres
    pairs.add(other.pairs)
    for index in objectsOfCategories.indices {
      objectsOfCategories[index] += other.objectsOfCategories[index]
      imagesOfCategories[index] += other.imagesOfCategories[index]
    }
    objectsPerImage.merge(other.objectsPerImage, uniquingKeysWith: +)
    pictureSizes.merge(other.pictureSizes, uniquingKeysWith: +)
    samples.add(other.samples)
  }

  /// Returns the statistics with their distributions; `categories` are the names by position.
  func finish(name: String?, categories: [String]) -> SplitStatistics {
    statistics.name = name
    statistics.categories = categories.enumerated().map { position, name in
      SplitStatistics.CategoryCount(
        name: name, objects: objectsOfCategories[position], images: imagesOfCategories[position])
    }
    statistics.objectsPerImage = CountHistogram(objectsPerImage)
    statistics.pictures = PictureSizes(pictureSizes)
    statistics.extents = samples.finish()
    statistics.pairs = pairs.mostFrequent
    return statistics
  }
}
