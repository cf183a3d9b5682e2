import DetectionModels
import Testing
import Torch

@Suite("InstanceMasks")
struct InstanceMasksTests {
  struct Figures: Decodable {
    /// Height and width of the picture.
    let image: [Int]
    /// Height and width of a mask in its box.
    let side: Int
    let boxes: [[Float]]
    let masks: [[Float]]
    let pasted: [[Float]]
  }

  private let figures: Figures

  init() throws {
    figures = try readPart("pasted_masks", as: Figures.self)
  }

  @Test
  func `masks in the whole picture are torchvision's, beyond its edges and thinner than a pixel`() {
    let masks = InstanceMasks(
      probabilities: Tensor(rows: figures.masks).reshaped([-1, figures.side, figures.side]),
      boxes: Tensor(rows: figures.boxes),
      imageSize: SpatialSize(height: figures.image[0], width: figures.image[1]))
    expectClose(masks.pasted(), Tensor(rows: figures.pasted).reshaped([-1, 1] + figures.image))
  }

  @Test func `masks of no object have the picture's size`() {
    let none = InstanceMasks(
      probabilities: .zeros([0, 28, 28]), boxes: .zeros([0, 4]),
      imageSize: SpatialSize(height: 10, width: 12))
    #expect(none.pasted().shape == [0, 1, 10, 12])
  }
}
