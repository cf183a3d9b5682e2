import COCO

/// The annotations of a split that have an image, a category and a finite box, by image.
struct WrittenObjects {
  /// An annotation by its place in the dataset.
  struct Object {
    var annotation: Int
    /// The number in the `WrittenCategories`.
    var category: Int
    var box: Box
  }

  private var objects: [Object] = []
  /// The start of each image's objects, and the end of the last ones.
  private var starts: [Int]

  /// Leaves out what has no place here; `place` is that of the dataset among all.
  init(_ dataset: Dataset, at place: Int, categories: [Int: Int], losses: inout LossCounts) {
    var pictures = [Int: Int](minimumCapacity: dataset.images.count)
    for (index, image) in dataset.images.enumerated() where pictures[image.id] == nil {
      pictures[image.id] = index
    }
    starts = [Int](repeating: 0, count: dataset.images.count + 1)
    var found: [(picture: Int, object: Object)] = []
    found.reserveCapacity(dataset.annotations.count)
    for (index, annotation) in dataset.annotations.enumerated() {
      guard let picture = pictures[annotation.imageID] else {
        losses.leaveOut(.annotation, index, of: place, "its image does not exist")
        continue
      }
      guard let category = annotation.categoryID.flatMap({ categories[$0] }) else {
        let isCaption = annotation.categoryID == nil && annotation.extra["caption"] != nil
        losses.leaveOut(
          .annotation, index, of: place,
          isCaption ? "a caption has no box" : "its category does not exist")
        continue
      }
      guard let box = annotation.box ?? annotation.segmentation?.extent, box.hasFiniteEdges else {
        losses.leaveOut(.annotation, index, of: place, "it has no finite box")
        continue
      }
      starts[picture + 1] += 1
      found.append((picture, Object(annotation: index, category: category, box: box)))
    }
    for picture in dataset.images.indices { starts[picture + 1] += starts[picture] }
    arrange(found)
  }

  /// The objects of an image in the order of the annotations.
  subscript(picture: Int) -> ArraySlice<Object> {
    objects[starts[picture]..<starts[picture + 1]]
  }

  /// Marks the categories of the objects.
  func mark(_ used: inout [Bool]) {
    for object in objects { used[object.category] = true }
  }

  private mutating func arrange(_ found: [(picture: Int, object: Object)]) {
    let isInOrder = zip(found, found.dropFirst()).allSatisfy { $0.picture <= $1.picture }
    objects = found.map(\.object)
    if isInOrder { return }
    var next = starts
    for (picture, object) in found {
      objects[next[picture]] = object
      next[picture] += 1
    }
  }
}

extension Annotation {
  /// The outline, if it is one ring of three or more finite corners.
  var onlyRing: Polygons? {
    if case .polygons(let polygons)? = segmentation { polygons.onlyRing } else { nil }
  }
}

extension Polygons {
  /// These polygons, if they are one ring of three or more finite corners.
  var onlyRing: Polygons? {
    guard count == 1 else { return nil }
    var isSound = false
    forEachRing { isSound = Self.isSound($0) }
    return isSound ? self : nil
  }

  /// The rings of three or more finite corners.
  var soundRings: [[Double]] {
    var sound: [[Double]] = []
    forEachRing { if Self.isSound($0) { sound.append(Array($0)) } }
    return sound
  }

  private static func isSound(_ ring: UnsafeBufferPointer<Double>) -> Bool {
    ring.count >= 6 && ring.count.isMultiple(of: 2) && ring.allSatisfy(\.isFinite)
  }
}
