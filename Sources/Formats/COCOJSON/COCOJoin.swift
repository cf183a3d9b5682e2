import COCO
import Files

/// The join of files of several tasks for the same images: each image once, and an object's box,
/// outline and keypoints in one annotation.
struct COCOJoin {
  /// The number of records read, those that several files have counted once.
  private var read: RecordCounts
  /// The ids of the images that several files have.
  private var shared: Set<Int> = []
  private var joined = 0
  private var renumbered = 0
  private var others: [String] = []

  /// Begins with the file whose images, ids and order are kept.
  init(_ contents: COCOContents) {
    read = RecordCounts(images: contents.met.images, annotations: contents.met.annotations)
  }

  /// Adds the records of another file. Images and categories are matched by their names, and
  /// annotations by their ids if image and category are the same.
  mutating func add(
    _ other: COCOContents, of path: String, to contents: inout COCOContents
  ) {
    others.append(Path.name(of: path))
    let images = addImages(of: other, to: &contents)
    let categories = addCategories(of: other, to: &contents)
    let known = IDIndex(contents.dataset.annotations)
    var ids = FreeIDs(contents.dataset.annotations.map(\.id) + other.dataset.annotations.map(\.id))
    let first = contents.dataset.annotations.count
    let unnumbered = Set(other.unnumbered)
    var joinedHere = 0
    for (index, annotation) in other.dataset.annotations.enumerated() {
      var annotation = annotation
      annotation.imageID = images[annotation.imageID] ?? annotation.imageID
      annotation.categoryID = annotation.categoryID.map { categories[$0] ?? $0 }
      if let place = known.position(of: annotation.id), place < first {
        if contents.dataset.annotations[place].join(annotation) {
          joinedHere += 1
          continue
        }
        annotation.id = ids.next()
        annotation.isChanged = true
        renumbered += 1
      }
      if unnumbered.contains(index) {
        contents.unnumbered.append(contents.dataset.annotations.count)
      }
      contents.dataset.annotations.append(annotation)
    }
    joined += joinedHere
    read.annotations += other.met.annotations - joinedHere
    for member in other.dataset.extra.members where contents.dataset.extra[member.name] == nil {
      contents.dataset.extra.members.append(member)
    }
    contents.annotationRepairs.merge(other.annotationRepairs, uniquingKeysWith: +)
    contents.reported.merge(other.reported)
  }

  /// Adds the numbers of records, and the outcome of those that several files have.
  func report(_ contents: COCOContents, of path: String, to imported: inout Imported) {
    imported.read += read
    for (what, count) in contents.imageRepairs {
      imported.changes[what, default: RecordCounts()] += RecordCounts(images: count)
    }
    for (what, count) in contents.annotationRepairs {
      imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: count)
    }
    guard !others.isEmpty else { return }
    imported.notes.append(
      "\(path) is joined with \(others.joined(separator: ", ")); records in several of them count "
        + "once: \(shared.count) images, \(joined) annotations")
    if renumbered > 0 {
      let what = "id given anew, since an annotation of another file has it"
      imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: renumbered)
    }
  }

  /// Adds the missing images, and returns the ids that images of the other file have here.
  private mutating func addImages(
    of other: COCOContents, to contents: inout COCOContents
  ) -> [Int: Int] {
    let images = contents.dataset.images
    let known = IDIndex(images.map(\.id))
    let names = Dictionary(images.map { ($0.fileName, $0.id) }) { first, _ in first }
    var ids = FreeIDs(images.map(\.id) + other.dataset.images.map(\.id))
    var new: [Int: Int] = [:]
    var joinedHere = 0
    for var image in other.dataset.images {
      let old = image.id
      let twin = known.position(of: old)
      let same = twin.flatMap { images[$0].fileName == image.fileName ? old : nil }
      if let id = same ?? names[image.fileName] {
        if new[old] == nil { new[old] = id }
        shared.insert(id)
        joinedHere += 1
        continue
      }
      if twin != nil {
        image.id = ids.next()
        image.isChanged = true
      }
      if new[old] == nil { new[old] = image.id }
      contents.dataset.images.append(image)
    }
    read.images += other.met.images - joinedHere
    return new
  }

  /// Adds the missing categories, and further members of the others, such as the names of
  /// keypoints. Returns the ids that the file's categories have here.
  private func addCategories(
    of other: COCOContents, to contents: inout COCOContents
  ) -> [Int: Int] {
    var ids = FreeIDs((contents.dataset.categories + other.dataset.categories).map(\.id))
    var new: [Int: Int] = [:]
    for var category in other.dataset.categories {
      let old = category.id
      if let place = contents.dataset.categories.firstIndex(where: { $0.name == category.name }) {
        contents.dataset.categories[place].extra.add(category.extra)
        new[old] = contents.dataset.categories[place].id
        continue
      }
      if contents.dataset.categories.contains(where: { $0.id == old }) { category.id = ids.next() }
      new[old] = category.id
      contents.dataset.categories.append(category)
    }
    return new
  }
}

/// The ids that no record has.
private struct FreeIDs {
  private var last: Int

  init(_ taken: [Int]) {
    last = max(taken.max() ?? 0, 0)
  }

  mutating func next() -> Int {
    last += 1
    return last
  }
}

extension Annotation {
  /// Adopts the fields of another record of the same object that this one lacks. Returns false, and
  /// changes nothing, if the other one is of another object.
  fileprivate mutating func join(_ other: Annotation) -> Bool {
    guard categoryID != nil, categoryID == other.categoryID, imageID == other.imageID else {
      return false
    }
    if let box, let others = other.box, box != others { return false }
    box = box ?? other.box
    area = area ?? other.area
    isCrowd = isCrowd ?? other.isCrowd
    if segmentation == nil { segmentation = other.segmentation }
    if keypoints == nil { keypoints = other.keypoints }
    if !other.attributes.isEmpty { attributes.add(other.attributes) }
    if !other.extra.isEmpty { extra.add(other.extra) }
    return true
  }
}

extension JSONObject {
  /// Adds the members of the other one that are not there.
  fileprivate mutating func add(_ other: JSONObject) {
    for member in other.members where self[member.name] == nil { members.append(member) }
  }
}
