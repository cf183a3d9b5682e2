import Files
import Testing

@testable import COCO

/// An annotation holds its usual values in few bytes, and every other value all the same.
@Suite("Storage of annotations")
struct AnnotationStorageTests {
  static let numbers = [
    0, 1, -1, 900_100_581_904, Int(Int32.max), Int(Int32.max) + 1, Int(Int32.min),
    Int(Int32.min) - 1, .max, .min,
  ]

  @Test func `an annotation takes 80 bytes`() {
    #expect(MemoryLayout<Annotation>.stride == 80)
  }

  @Test(arguments: numbers)
  func `ids are kept, however long`(_ number: Int) {
    var annotation = Annotation(id: number, imageID: number, categoryID: number)
    #expect(annotation.id == number)
    #expect(annotation.imageID == number)
    #expect(annotation.categoryID == number)
    annotation.id = 7
    #expect((annotation.id, annotation.imageID) == (7, number))
    annotation.imageID = 8
    annotation.categoryID = nil
    #expect(annotation == Annotation(id: 7, imageID: 8, categoryID: nil))
  }

  @Test(arguments: [nil, 0, 1, 2, -1, .max] as [Int?])
  func `iscrowd is kept, whatever it is`(_ isCrowd: Int?) {
    var annotation = Annotation(id: 1, imageID: 1, categoryID: 1, isCrowd: isCrowd)
    #expect(annotation.isCrowd == isCrowd)
    annotation.isCrowd = 0
    #expect(annotation == Annotation(id: 1, imageID: 1, categoryID: 1))
  }

  @Test func `a long id, keypoints, attributes and extra keys stand beside one another`() {
    var annotation = Annotation(
      id: .max, imageID: 1, categoryID: 1, keypoints: [1, 2, 2], attributes: ["pose": "Left"],
      extra: ["score": 0.5])
    annotation.share(Annotation.SharedAttributes(["pose": "Right"]))
    #expect(annotation.id == .max)
    #expect(annotation.keypoints == [1, 2, 2])
    #expect(annotation.attributes == ["pose": "Right"])
    #expect(annotation.extra == ["score": 0.5])
    annotation.id = 1
    annotation.keypoints = nil
    annotation.attributes = [:]
    annotation.extra = [:]
    #expect(annotation == Annotation(id: 1, imageID: 1, categoryID: 1))
    #expect(!annotation.hasFurtherFields)
  }

  @Test func `an absent field differs from one that is 0`() {
    var annotation = Annotation(id: 1, imageID: 1, categoryID: nil, isCrowd: nil)
    #expect(annotation.box == nil && annotation.area == nil && annotation.segmentation == nil)
    #expect(annotation.categoryID == nil && annotation.isCrowd == nil && annotation.origin == nil)
    annotation.categoryID = 0
    annotation.box = Box(x: 0, y: 0, width: 0, height: 0)
    annotation.area = 0
    annotation.origin = Origin(file: 0, offset: 0)
    #expect(annotation.categoryID == 0 && annotation.area == 0)
    #expect(annotation.box == Box(x: 0, y: 0, width: 0, height: 0))
    #expect(annotation.origin == Origin(file: 0, offset: 0))
    #expect(!annotation.isChanged)
    annotation.isChanged = true
    #expect(annotation.isChanged && annotation.isCrowd == nil)
  }

  @Test(arguments: [0, 3, 1 << 24])
  func `polygons are kept wherever they begin among words`(_ start: Int) {
    var words = [Int32](repeating: 0, count: start)
    Polygons.append(lengths: [6], coordinates: [1, 2, 3, 4, 5, 6.125], to: &words)
    let segmentation = Segmentation.polygons(Polygons(words: words, start: start))
    var annotation = Annotation(id: 1, imageID: 1, categoryID: 1, segmentation: segmentation)
    #expect(annotation.segmentation == .polygons(Polygons([[1, 2, 3, 4, 5, 6.125]])))
    annotation.isChanged = true
    #expect(annotation.segmentation == segmentation)
    annotation.segmentation = nil
    #expect(annotation.segmentation == nil)
  }
}
