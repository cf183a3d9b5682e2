import COCO
import Testing

@Suite("Area, box, union and overlap of masks")
struct MaskGeometryTests {
  @Test("the area is pycocotools' area", arguments: MaskFixture.masks)
  func measuresArea(_ sample: MaskFixture.Mask) {
    #expect(sample.mask.area == sample.area)
  }

  @Test("the bounding box is pycocotools' toBbox", arguments: MaskFixture.masks)
  func bounds(_ sample: MaskFixture.Mask) {
    let box = sample.mask.boundingBox
    #expect([box.x, box.y, box.width, box.height] == sample.box)
  }

  @Test(
    "a mask without ones has a box of zeros", arguments: [[], [6], [0], [6, 0], [2, 0, 4, 0]])
  func boundsNothing(counts: [UInt32]) {
    let mask = RunLengthMask(height: 2, width: 3, counts: counts)
    #expect(mask.boundingBox == Box(x: 0, y: 0, width: 0, height: 0))
  }

  @Test("union and intersection are pycocotools' merge", arguments: MaskFixture.merges)
  func merges(_ sample: MaskFixture.Merge) throws {
    let masks = try sample.masks.map {
      try RunLengthMask(compressed: $0, height: sample.height, width: sample.width)
    }
    #expect(try RunLengthMask.union(masks).compressed == sample.union)
    #expect(try RunLengthMask.intersection(masks).compressed == sample.intersection)
  }

  @Test("no masks have a union of 0 × 0")
  func mergesNothing() throws {
    #expect(try RunLengthMask.union([]) == RunLengthMask(height: 0, width: 0, counts: []))
  }

  @Test("masks of different sizes have no union")
  func refusesDifferentSizes() {
    let first = RunLengthMask(height: 2, width: 3, counts: [6])
    let second = RunLengthMask(height: 3, width: 2, counts: [6])
    #expect(
      throws: MaskError.differentSizes(height: 2, width: 3, otherHeight: 3, otherWidth: 2)
    ) {
      try RunLengthMask.union([first, second])
    }
  }

  @Test("IoU is pycocotools' iou to the last bit, for single objects and crowds")
  func measuresOverlap() throws {
    let fixture = try MaskFixture.loaded.get().overlaps
    let masks = try fixture.masks.map {
      try RunLengthMask(compressed: $0.compressed, height: $0.height, width: $0.width)
    }
    #expect(masks.map { mask in masks.map { mask.iou(with: $0) } } == fixture.single)
    #expect(
      masks.map { mask in masks.map { mask.iou(with: $0, isCrowd: true) } } == fixture.crowd)
  }

  @Test("the intersection alone is that of the overlap")
  func measuresIntersection() throws {
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

  @Test("empty runs between others do not end a union early")
  func mergesEmptyRuns() throws {
    let mask = RunLengthMask(height: 5, width: 3, counts: [5, 0, 5, 5])
    #expect(try RunLengthMask.union([mask, mask]).counts == [10, 5])
    #expect(mask.iou(with: mask) == 1)
  }
}
