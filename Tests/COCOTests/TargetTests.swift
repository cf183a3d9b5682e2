import COCO
import Testing

@Suite struct TargetTests {
  private let image = Image(id: 7, fileName: "a.jpg", width: 20, height: 10)
  private let categories = [Category(id: 3, name: "crab"), Category(id: 90, name: "palm")]

  private func annotation(
    category: Int = 3, box: Box? = Box(x: 1, y: 2, width: 4, height: 3), area: Double? = 12,
    isCrowd: Int? = 0, segmentation: Segmentation? = nil
  ) -> Annotation {
    Annotation(
      id: 5, imageID: 7, categoryID: category, box: box, isCrowd: isCrowd, area: area,
      segmentation: segmentation)
  }

  @Test func `boxes are corners in pixels`() throws {
    let target = try Target(
      image: image, annotations: [annotation()], labels: CategoryLabels(categories))
    #expect(target.boxes == [1, 2, 5, 5])
  }

  @Test func `labels count from one in the order of the categories`() throws {
    let target = try Target(
      image: image, annotations: [annotation(category: 90), annotation(category: 3)],
      labels: CategoryLabels(categories))
    #expect(target.labels == [2, 1])
  }

  @Test func `image ID area and crowd are taken over`() throws {
    let target = try Target(
      image: image, annotations: [annotation(area: 9, isCrowd: 1)],
      labels: CategoryLabels(categories))
    #expect(target.imageID == 7)
    #expect(target.area == [9])
    #expect(target.isCrowd == [1])
  }

  @Test func `an image without objects has an empty target`() throws {
    let target = try Target(image: image, annotations: [], labels: CategoryLabels(categories))
    #expect(target.count == 0)
    #expect(target.boxes.isEmpty)
    #expect(target.masks == nil)
  }

  @Test func `polygons become masks of the picture`() throws {
    let square = Segmentation.polygons(Polygons([[1, 2, 5, 2, 5, 5, 1, 5]]))
    let target = try Target(
      image: image, annotations: [annotation(area: nil, segmentation: square)],
      labels: CategoryLabels(categories))
    let mask = try #require(target.masks?.first)
    #expect(mask.height == 10)
    #expect(mask.width == 20)
    #expect(mask.area == 12)
    #expect(target.area == [12])
  }

  @Test func `masks are left out unless every object has one`() throws {
    let square = Segmentation.polygons(Polygons([[1, 2, 5, 2, 5, 5, 1, 5]]))
    let target = try Target(
      image: image, annotations: [annotation(segmentation: square), annotation()],
      labels: CategoryLabels(categories))
    #expect(target.masks == nil)
  }

  @Test func `a target gives its annotations back`() throws {
    let labels = CategoryLabels(categories)
    let square = Segmentation.polygons(Polygons([[1, 2, 5, 2, 5, 5, 1, 5]]))
    let target = try Target(
      image: image, annotations: [annotation(category: 90, segmentation: square)], labels: labels)
    let back = target.annotations(labels: labels)
    #expect(back.count == 1)
    #expect(back[0].categoryID == 90)
    #expect(back[0].box == Box(x: 1, y: 2, width: 4, height: 3))
    #expect(try Target(image: image, annotations: back, labels: labels) == target)
  }

  @Test func `an annotation without box is refused`() {
    #expect(throws: TargetError.missingBox(annotationID: 5)) {
      try Target(
        image: image, annotations: [annotation(box: nil)], labels: CategoryLabels(categories))
    }
  }

  @Test func `an unknown category is refused`() {
    #expect(throws: TargetError.unknownCategory(4, annotationID: 5)) {
      try Target(
        image: image, annotations: [annotation(category: 4)], labels: CategoryLabels(categories))
    }
  }
}
