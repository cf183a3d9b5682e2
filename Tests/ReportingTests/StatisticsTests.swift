import COCO
import Testing

@testable import Reporting

struct StatisticsTests {
  @Test func `counts images and those without objects`() {
    let total = Statistics([Examples.train]).total
    #expect(total.images == 4)
    #expect(total.imagesWithoutObjects == 1)
    #expect(total.annotations == 5)
  }

  @Test func `counts objects and images of each category`() {
    let categories = Statistics([Examples.train]).total.categories
    #expect(
      categories == [
        .init(name: "crab", objects: 3, images: 2), .init(name: "palm", objects: 2, images: 2),
        .init(name: "boat", objects: 0, images: 0),
      ])
  }

  @Test func `joins categories of splits by name`() {
    let statistics = Statistics([Examples.train, Examples.val])
    #expect(statistics.total.categories.map(\.name) == ["crab", "palm", "boat"])
    #expect(statistics.total.categories.map(\.objects) == [3, 2, 1])
    #expect(statistics.splits.map { $0.categories.map(\.objects) } == [[3, 2, 0], [0, 0, 1]])
  }

  @Test func `adds splits up`() {
    let statistics = Statistics([Examples.train, Examples.val])
    #expect(statistics.splits.map(\.name) == ["train", "val"])
    #expect(statistics.total.images == 5)
    #expect(statistics.total.annotations == 6)
    #expect(statistics.total.extents.width?.minimum == 10)
    #expect(statistics.total.pictures.distinct.count == 3)
    #expect(statistics.total.objectsPerImage.count == 5)
  }

  @Test func `is the same for one split and its total`() {
    let statistics = Statistics([Examples.train])
    var split = statistics.splits[0]
    split.name = nil
    #expect(split == statistics.total)
  }

  @Test(
    arguments: [
      (1023.9, [1, 0, 0]), (1024, [0, 1, 0]), (9215.9, [0, 1, 0]), (9216, [0, 0, 1]),
      (0, [1, 0, 0]),
    ] as [(Double, [Int])])
  func `parts sizes where COCO does`(area: Double, counts: [Int]) {
    var sizes = SplitStatistics.Sizes()
    sizes.add(SplitStatistics.Sizes.area(area, box: nil))
    #expect([sizes.small, sizes.medium, sizes.large] == counts)
  }

  @Test func `takes the area of the mask before the boxs`() {
    var sizes = SplitStatistics.Sizes()
    sizes.add(SplitStatistics.Sizes.area(100, box: Box(x: 0, y: 0, width: 100, height: 100)))
    #expect(sizes.small == 1)
  }

  @Test(arguments: [nil, .nan, -1] as [Double?])
  func `takes the area of the box where there is no other`(area: Double?) {
    var sizes = SplitStatistics.Sizes()
    sizes.add(SplitStatistics.Sizes.area(area, box: Box(x: 0, y: 0, width: 100, height: 100)))
    sizes.add(SplitStatistics.Sizes.area(area, box: nil))
    #expect(sizes.large == 1)
    #expect(sizes.unknown == 1)
  }

  @Test func `measures boxes against their pictures`() {
    let extents = Statistics([Examples.val]).total.extents
    #expect(extents.width?.median == 10)
    #expect(extents.relativeWidth?.median == 0.1)
    let known = Statistics([Examples.train]).total.extents.relativeHeight
    #expect(known?.maximum == 0.5)
  }

  @Test func `keeps boxes without extent out of distributions`() {
    var dataset = Examples.val
    for (width, height) in [(0, 5), (-3, 4), (.nan, 4), (.infinity, 4)] as [(Double, Double)] {
      dataset.annotations.append(
        Examples.annotation(2, image: 10, category: 1, width: width, height: height))
    }
    let total = Statistics([dataset]).total
    #expect(total.forms.withoutExtent == 4)
    #expect(total.aspectRatios.count == 1)
    #expect(total.extents.width?.maximum == 10)
  }

  @Test func `counts what annotations have`() {
    var dataset = Examples.val
    dataset.annotations = [
      Annotation(id: 1, imageID: 10, categoryID: nil),
      Annotation(id: 2, imageID: 10, categoryID: 5, segmentation: .polygons(Polygons([[1, 2]]))),
      Annotation(id: 3, imageID: 99, categoryID: 1, segmentation: .polygons(Polygons([]))),
      Annotation(
        id: 4, imageID: 10, categoryID: 1, isCrowd: 1,
        segmentation: .runLengths(RunLengthMask(height: 1, width: 1, counts: [1])),
        keypoints: [1, 1, 0, 3, 4, 2]),
      Annotation(id: 5, imageID: 10, categoryID: 1, keypoints: [0, 0, 0]),
    ]
    let forms = Statistics([dataset]).total.forms
    #expect(
      forms
        == .init(
          crowds: 1, polygons: 1, runLengths: 1, keypoints: 1, withoutBox: 5, withoutExtent: 0,
          withoutCategory: 1, unknownCategory: 1, unknownImage: 1))
  }

  @Test(arguments: [[-5, 3], [1, 1 << 40], [Int.min, Int.max]])
  func `takes any IDs`(ids: [Int]) {
    var dataset = Examples.val
    dataset.images = ids.map { Image(id: $0, fileName: "a", width: 10, height: 10) }
    dataset.annotations = ids.map {
      Examples.annotation(1, image: $0, category: 1, width: 1, height: 1)
    }
    let total = Statistics([dataset]).total
    #expect(total.categories[0].images == 2)
    #expect(total.forms.unknownImage == 0)
  }

  @Test func `of nothing is empty`() {
    let statistics = Statistics([])
    #expect(statistics.splits.isEmpty)
    #expect(statistics.total == SplitStatistics())
  }

  @Test func `orders picture sizes by frequency`() {
    let pictures = Statistics([Examples.train]).total.pictures
    #expect(
      pictures.distinct == [
        .init(width: 640, height: 480, images: 2), .init(width: 320, height: 200, images: 1),
      ])
    #expect(pictures.unknown == 1)
    #expect(pictures.width == .init(minimum: 320, median: 640, maximum: 640))
  }
}
