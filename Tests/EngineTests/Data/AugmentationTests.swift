import Engine
import Testing
import Torch

@Suite("Augmentation")
struct AugmentationTests {
  private var sample: Sample {
    Sample(
      imageIndex: 0, image: Tensor((0..<12).map(Float.init), shape: [3, 1, 4]),
      target: TargetTensors(
        boxes: Tensor([0, 0, 1, 1] as [Float], shape: [1, 4]), labels: Tensor([1] as [Int64]),
        masks: Tensor([1, 0, 0, 0] as [UInt8], shape: [1, 1, 4]),
        keypoints: Tensor([1, 0, 2, 3, 0, 1, 0, 0, 0] as [Float], shape: [1, 3, 3])))
  }

  @Test func `the mirror swaps the left and right edges of boxes`() {
    let boxes = sample.mirrored(keypoints: [0, 2, 1]).target.boxes
    #expect(boxes.scalars(as: Float.self) == [3, 0, 4, 1])
  }

  @Test func `the mirror turns pictures and masks`() {
    let mirrored = sample.mirrored(keypoints: [0, 2, 1])
    #expect(mirrored.image[0].scalars(as: Float.self) == [3, 2, 1, 0])
    #expect(mirrored.target.masks?.scalars(as: UInt8.self) == [0, 0, 0, 1])
  }

  @Test
  func `the mirror makes left keypoints right ones and leaves those at 0, 0 that nobody sees`() {
    let keypoints = sample.mirrored(keypoints: [0, 2, 1]).keypoints
    #expect(keypoints?.scalars(as: Float.self) == [3, 0, 2, 0, 0, 0, 1, 0, 1])
  }

  @Test func `scaling takes boxes, masks and keypoints along`() {
    let scaled = sample.resized(width: 8, height: 2)
    #expect(scaled.image.shape == [3, 2, 8])
    #expect(scaled.target.boxes.scalars(as: Float.self) == [0, 0, 2, 2])
    #expect(scaled.target.masks?.shape == [1, 2, 8])
    #expect(scaled.target.masks?.sum().item() == 4)
    #expect(scaled.keypoints?[0, 1].scalars(as: Float.self) == [6, 0, 1])
  }

  @Test(arguments: [0.0, 1])
  func `a probability of 0 never mirrors, one of 1 always does`(_ probability: Double) {
    var generator = SeededGenerator(seed: 3)
    let augmented = Augmentation(horizontalFlip: probability).applied(to: sample, using: &generator)
    #expect(augmented.image[0, 0, 0].item() == (probability == 0 ? 0 : 3))
  }
}
