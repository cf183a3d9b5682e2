/// The categories that occur on each image. Annotations may come in any order.
struct Occurrences {
  private(set) var objectsPerImage: [Int]
  private var imageOfObject: [Int32] = []
  private var categoryOfObject: [Int32] = []

  init(images: Int) {
    objectsPerImage = [Int](repeating: 0, count: images)
  }

  mutating func add(image: Int, category: Int?) {
    objectsPerImage[image] += 1
    guard let category else { return }
    imageOfObject.append(Int32(image))
    categoryOfObject.append(Int32(category))
  }

  /// Adds the number of images with each category to `counts`, and the number of images with both
  /// of two categories to `pairs`.
  func addImages(toCategories counts: inout [Int], pairs: inout CategoryPairs) {
    var lastImage = [Int32](repeating: -1, count: counts.count)
    var met: [Int32] = []
    let categories = categoriesByImage()
    for image in objectsPerImage.indices {
      met.removeAll(keepingCapacity: true)
      for index in categories.starts[image]..<categories.starts[image + 1] {
        let category = Int(categories.sorted[index])
        if lastImage[category] == Int32(image) { continue }
        lastImage[category] = Int32(image)
        counts[category] += 1
        met.append(Int32(category))
      }
      if met.count > 1 { pairs.add(met) }
    }
  }

  /// Returns the objects' categories, image after image, and the start of each image's, by a
  /// counting sort.
  private func categoriesByImage() -> (starts: [Int], sorted: [Int32]) {
    var starts = [Int](repeating: 0, count: objectsPerImage.count + 1)
    for image in imageOfObject { starts[Int(image) + 1] += 1 }
    for image in objectsPerImage.indices { starts[image + 1] += starts[image] }
    var next = starts
    var sorted = [Int32](repeating: 0, count: categoryOfObject.count)
    for (image, category) in zip(imageOfObject, categoryOfObject) {
      sorted[next[Int(image)]] = category
      next[Int(image)] += 1
    }
    return (starts, sorted)
  }
}

/// The number of images that pairs of categories share.
struct CategoryPairs {
  private static let mostShown = 100
  /// The number of images by the positions of both, the smaller one in the upper half.
  private var images: [Int64: Int] = [:]

  /// Adds the categories of one image, each once.
  mutating func add(_ categories: [Int32]) {
    for (place, first) in categories.enumerated() {
      for second in categories[(place + 1)...] {
        images[Int64(min(first, second)) << 32 | Int64(max(first, second)), default: 0] += 1
      }
    }
  }

  mutating func add(_ other: CategoryPairs) {
    images.merge(other.images, uniquingKeysWith: +)
  }

  var mostFrequent: [SplitStatistics.Pair] {
    images.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostShown).map {
      SplitStatistics.Pair(
        first: Int($0.key >> 32), second: Int($0.key & 0xFFFF_FFFF), images: $0.value)
    }
  }
}
