import COCO
import Testing

@Suite("Area, box, union and overlap of masks")
struct MaskGeometryTests {
  @Test(arguments: MaskFixture.masks)
  func `the area is pycocotools' area`(_ sample: MaskFixture.Mask) {
    #expect(sample.mask.area == sample.area)
  }

  @Test(arguments: MaskFixture.masks)
  func `the bounding box is pycocotools' toBbox`(_ sample: MaskFixture.Mask) {
    let box = sample.mask.boundingBox
    #expect([box.x, box.y, box.width, box.height] == sample.box)
  }

  @Test(
    arguments: [[], [6], [0], [6, 0], [2, 0, 4, 0]])
  func `a mask without ones has a box of zeros`(counts: [UInt32]) {
    let mask = RunLengthMask(height: 2, width: 3, counts: counts)
    #expect(mask.boundingBox == Box(x: 0, y: 0, width: 0, height: 0))
  }

  @Test(arguments: MaskFixture.merges)
  func `union and intersection are pycocotools' merge`(_ sample: MaskFixture.Merge) throws {
    let masks = try sample.masks.map {
      try RunLengthMask(compressed: $0, height: sample.height, width: sample.width)
    }
    #expect(try RunLengthMask.union(masks).compressed == sample.union)
    #expect(try RunLengthMask.intersection(masks).compressed == sample.intersection)
  }

  @Test func `no masks have a union of 0 × 0`() throws {
    #expect(try RunLengthMask.union([]) == RunLengthMask(height: 0, width: 0, counts: []))
  }

  @Test func `masks of different sizes have no union`() {
    let first = RunLengthMask(height: 2, width: 3, counts: [6])
    let second = RunLengthMask(height: 3, width: 2, counts: [6])
    #expect(
      throws: MaskError.differentSizes(height: 2, width: 3, otherHeight: 3, otherWidth: 2)
    ) {
      try RunLengthMask.union([first, second])
    }
  }

  @Test func `IoU is pycocotools' iou to the last bit, for single objects and crowds`() throws {
    let fixture = try MaskFixture.loaded.get().overlaps
    let masks = try fixture.masks.map {
      try RunLengthMask(compressed: $0.compressed, height: $0.height, width: $0.width)
    }
    #expect(masks.map { mask in masks.map { mask.iou(with: $0) } } == fixture.single)
    #expect(
      masks.map { mask in masks.map { mask.iou(with: $0, isCrowd: true) } } == fixture.crowd)
  }

  @Test func `the intersection alone is that of the overlap`() throws {
    let fixture = try MaskFixture.loaded.get().overlaps
    var masks = try fixture.masks.map {
      try RunLengthMask(compressed: $0.compressed, height: $0.height, width: $0.width)
    }
    masks.append(RunLengthMask(height: 5, width: 3, counts: [5, 0, 5, 5]))
    masks.append(RunLengthMask(height: 5, width: 3, counts: []))
    for first in masks {
      for second in masks {
        #expect(first.intersection(with: second) == first.overlap(with: second).intersection)
      }
    }
  }

  @Test func `empty runs between others do not end a union early`() throws {
    let mask = RunLengthMask(height: 5, width: 3, counts: [5, 0, 5, 5])
    #expect(try RunLengthMask.union([mask, mask]).counts == [10, 5])
    #expect(mask.iou(with: mask) == 1)
  }
}
