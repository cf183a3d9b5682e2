/// Which categories occur on which images. Annotations may come in any order.
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

  /// Adds to each category the number of images that it occurs on.
  func addImages(toCategories counts: inout [Int]) {
    var lastImage = [Int32](repeating: -1, count: counts.count)
    let categories = categoriesByImage()
    for image in objectsPerImage.indices {
      for index in categories.starts[image]..<categories.starts[image + 1] {
        let category = Int(categories.sorted[index])
        if lastImage[category] == Int32(image) { continue }
        lastImage[category] = Int32(image)
        counts[category] += 1
      }
    }
  }

  /// The objects' categories, image after image, and where each image's begin: a counting sort.
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
