import COCO
import Engine
import Testing
import Torch

@Suite("Contract of tensors")
struct TensorContractTests {
  private let image = Tensor.full([3, 8, 8], 0.5)
  private let sound = TargetTensors(
    boxes: Tensor([1, 1, 6, 6] as [Float], shape: [1, 4]), labels: Tensor([1] as [Int64]))

  private func rules(
    _ images: [Tensor], _ targets: [TargetTensors], needsMasks: Bool = false
  ) -> [String] {
    TargetContract(numClasses: 2, needsMasks: needsMasks)
      .findings(images: images, targets: targets).map(\.rule)
  }

  @Test func `sound pictures and targets have no findings`() {
    #expect(rules([image], [sound]) == [])
  }

  @Test func `another number of targets than pictures is found`() {
    #expect(rules([image], [sound, sound]) == ["count-mismatch"])
  }

  @Test func `pictures of another range, type or shape are found`() {
    #expect(rules([image * 255], [sound]) == ["image-out-of-range"])
    #expect(rules([image * Double.nan], [sound]) == ["non-finite-image"])
    #expect(rules([image.to(.uint8)], [sound]) == ["wrong-dtype"])
    #expect(rules([image.unsqueezed(0)], [sound]) == ["wrong-shape"])
    #expect(rules([Tensor.full([1, 8, 8], 0.5)], [sound]) == ["unexpected-channels"])
    #expect(rules([Tensor.full([4, 8, 8], 0.5)], [sound]) == ["wrong-shape"])
  }

  @Test func `boxes and labels of another shape or type are found`() {
    var target = sound
    target.boxes = Tensor([] as [Float])
    target.labels = Tensor([] as [Int64])
    #expect(rules([image], [target]) == ["wrong-shape"])
    target = sound
    target.boxes = sound.boxes.to(.int64)
    #expect(rules([image], [target]) == ["wrong-dtype"])
    target = sound
    target.labels = sound.labels.to(.int32)
    #expect(rules([image], [target]) == ["wrong-dtype"])
    target.labels = Tensor([1, 1] as [Int64])
    #expect(rules([image], [target]) == ["count-mismatch"])
  }

  @Test(
    arguments: [
      ([0, 8, 8], 1, ["count-mismatch"]), ([1, 4, 8], 1, ["rle-size-mismatch"]),
      ([1, 8, 8], 0, ["empty-segmentation"]), ([1, 8, 8], 255, ["non-binary-mask"]),
      ([1, 8, 8], 1, []),
    ] as [([Int], Double, [String])])
  func `masks that are too few, of another size, empty, or of 0 and 255 are found`(
    _ shape: [Int], _ value: Double, _ rules: [String]
  ) {
    var target = sound
    target.masks = Tensor.full(shape, value, dtype: .uint8)
    #expect(self.rules([image], [target], needsMasks: true) == rules)
  }

  @Test func `masks that are not there are found where they are needed`() {
    #expect(rules([image], [sound], needsMasks: true) == ["empty-segmentation"])
  }
}
