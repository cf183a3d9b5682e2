import DetectionModels
import Testing
import Torch

@Suite("Operations on boxes")
struct BoxOperationsTests {
  struct Figures: Decodable {
    struct Clipping: Decodable {
      let boxes: [[Float]]
      let image: [Int]
      let clipped: [[Float]]
    }

    struct Filtering: Decodable {
      struct Case: Decodable {
        let minSize: Double
        let kept: [Int]
      }

      let boxes: [[Float]]
      let cases: [Case]
    }

    struct Overlaps: Decodable {
      let boxes: [[Float]]
      let others: [[Float]]
      let iou: [[Float]]
      let generalizedIoU: [[Float]]
    }

    let clip: Clipping
    let removeSmall: Filtering
    let overlaps: Overlaps
  }

  private let figures: Figures

  init() throws {
    figures = try readPart("boxes", as: Figures.self)
  }

  @Test func `boxes are clipped as torchvision clips them`() {
    let given = figures.clip
    let clipped = clipBoxes(Tensor(rows: given.boxes), to: (given.image[0], given.image[1]))
    #expect(clipped.scalars(as: Float.self) == given.clipped.flatMap { $0 })
  }

  @Test func `a side as long as the limit is long enough`() {
    let boxes = Tensor(rows: figures.removeSmall.boxes)
    for expected in figures.removeSmall.cases {
      #expect(removeSmallBoxes(boxes, minSize: expected.minSize).scalars() == expected.kept)
    }
  }

  @Test func `overlaps of all pairs are torchvision's`() {
    let given = figures.overlaps
    let (boxes, others) = (Tensor(rows: given.boxes), Tensor(rows: given.others))
    expectClose(boxIoU(boxes, others), Tensor(rows: given.iou), tolerance: 1e-6)
    expectClose(
      generalizedBoxIoU(boxes, others), Tensor(rows: given.generalizedIoU), tolerance: 1e-6)
  }

  @Test func `two boxes without an area have no overlap that is a number`() {
    let box = Tensor(rows: [[1, 1, 1, 1]])
    #expect(boxIoU(box, box).item().isNaN)
  }

  @Test(arguments: [DType.float16, .uint8, .float32])
  func `areas of short types do not overflow`(dtype: DType) {
    let boxes = Tensor(rows: [[0, 0, 250, 240], [10, 20, 12, 23]]).to(dtype)
    #expect(boxArea(boxes).to(.float32).scalars(as: Float.self) == [60_000, 6])
  }

  @Test func `no boxes have no overlaps`() {
    #expect(boxIoU(.zeros([0, 4]), .ones([3, 4])).shape == [0, 3])
    #expect(removeSmallBoxes(.zeros([0, 4]), minSize: 1).shape == [0])
  }
}
