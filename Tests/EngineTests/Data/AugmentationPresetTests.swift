import COCO
import Foundation
import Testing
import Torch

@testable import Engine

@Suite("Augmentation presets")
struct AugmentationPresetTests {
  /// What torchvision made of a picture, by Fixtures/make_augmentation.py.
  private struct Reference {
    private let cases: [String: Tensor]

    init() throws {
      struct Numbers: Decodable {
        let shape: [Int]
        let values: [Float]
      }
      let file = try #require(
        Bundle.module.url(
          forResource: "augmentation", withExtension: "json", subdirectory: "Fixtures"))
      cases = try JSONDecoder().decode([String: Numbers].self, from: Data(contentsOf: file))
        .mapValues { Tensor($0.values, shape: $0.shape) }
    }

    subscript(name: String) -> Tensor {
      get throws { try #require(cases[name]) }
    }
  }

  private func difference(_ left: Tensor, _ right: Tensor) -> Double {
    (left - right).abs().amax().item()
  }

  @Test(
    arguments: [
      ("brightness 1.125", ColourDistortion.Draw(brightness: 1.125)),
      ("contrast 0.5", .init(firstContrast: 0.5)), ("contrast 1.5", .init(lastContrast: 1.5)),
      ("saturation 0.5", .init(saturation: 0.5)), ("saturation 1.5", .init(saturation: 1.5)),
      ("hue 0.05", .init(hue: 0.05)), ("hue -0.05", .init(hue: -0.05)),
      ("hue 0.5", .init(hue: 0.5)),
      (
        "chain",
        .init(
          brightness: 0.9, firstContrast: 1.4, saturation: 0.6, hue: 0.03, channels: [2, 0, 1])
      ),
    ])
  func `colours change as torchvision's functions change them`(
    name: String, draw: ColourDistortion.Draw
  ) throws {
    let reference = try Reference()
    let changed = draw.applied(to: try reference["picture"])
    #expect(difference(changed, try reference[name]) < 2e-6)
  }

  @Test
  func `pictures become smaller and larger, and masks smaller, as torchvision makes them`() throws {
    let reference = try Reference()
    let sample = Sample(
      imageIndex: 0, image: try reference["picture"],
      target: TargetTensors(
        boxes: Tensor([0, 0, 9, 7], shape: [1, 4]) as Tensor, labels: Tensor([1] as [Int64]),
        masks: try reference["mask"].to(.uint8)))
    let smaller = sample.resized(width: 5, height: 3)
    #expect(difference(smaller.image, try reference["smaller"]) < 2e-6)
    #expect(
      smaller.target.masks?.scalars(as: UInt8.self)
        == (try reference["smaller mask"].to(.uint8).scalars(as: UInt8.self)))
    #expect(smaller.target.boxes.scalars(as: Float.self) == [0, 0, 5, 3])
    let larger = sample.resized(width: 11, height: 14)
    #expect(difference(larger.image, try reference["larger"]) < 2e-6)
  }

  @Test
  func `about a half of pictures get each change of colour, its factor from all of its range`() {
    var generator = SeededGenerator(seed: 1)
    let draws = (0..<2000).map { _ in ColourDistortion().draw(using: &generator) }
    let shares: [(Int, Double)] = [
      (draws.count { $0.brightness != nil }, 0.5), (draws.count { $0.firstContrast != nil }, 0.25),
      (draws.count { $0.lastContrast != nil }, 0.25), (draws.count { $0.saturation != nil }, 0.5),
      (draws.count { $0.hue != nil }, 0.5), (draws.count { $0.channels != nil }, 0.5),
    ]
    for (count, share) in shares { #expect(abs(Double(count) / 2000 - share) < 0.04) }
    let factors = draws.compactMap(\.saturation)
    #expect((factors.min() ?? 1) < 0.51 && (factors.max() ?? 1) > 1.49)
  }

  /// A picture of 40 × 30 whose red is x, with two objects, their masks and a keypoint each.
  private var sample: Sample {
    let (width, height) = (40, 30)
    let x = Tensor((0..<width).map { Float($0) }).reshaped([1, 1, width])
    let masks = Tensor.zeros([2, height, width], dtype: .uint8)
    masks[0, 4..<10, 2..<12].fill(1)
    masks[1, 20..<28, 30..<38].fill(1)
    return Sample(
      imageIndex: 0, image: x.expanded([3, height, width]).contiguous(),
      target: TargetTensors(
        boxes: Tensor([2, 4, 12, 10, 30, 20, 38, 28] as [Float], shape: [2, 4]),
        labels: Tensor([1, 2] as [Int64]), masks: masks,
        keypoints: Tensor([5, 6, 2, 33, 22, 2] as [Float], shape: [2, 1, 3])))
  }

  @Test
  func `a window takes boxes, masks and keypoints along, and of what is outside nothing is left`() {
    let cropped = sample.cropped(x: 8, y: 2, width: 20, height: 16)
    #expect(cropped.image.shape == [3, 16, 20])
    #expect(cropped.image[0, 0, 0].item() == 8)
    #expect(cropped.target.boxes.scalars(as: Float.self) == [0, 2, 4, 8, 20, 16, 20, 16])
    #expect(cropped.target.masks?[0].to(.float32).sum().item() == 24)
    #expect(cropped.keypoints?.scalars(as: Float.self) == [0, 0, 0, 0, 0, 0])
    let kept = cropped.withoutVanishedBoxes()
    #expect(kept.target.labels.scalars(as: Int64.self) == [1])
    #expect(kept.target.masks?.size(0) == 1 && kept.keypoints?.size(0) == 1)
  }

  @Test func `a larger canvas moves boxes, masks and keypoints and is filled with its colour`() {
    let moved = sample.onCanvas(width: 60, height: 50, x: 10, y: 5, fill: [0.25, 0.5, 0.75])
    #expect(moved.image.shape == [3, 50, 60])
    #expect(moved.image[2, 0, 0].item() == 0.75 && moved.image[0, 5, 13].item() == 3)
    #expect(moved.target.boxes[0].scalars(as: Float.self) == [12, 9, 22, 15])
    #expect(moved.target.masks?[0, 9, 12].item() == 1 && moved.target.masks?[0, 8, 12].item() == 0)
    #expect(moved.keypoints?.scalars(as: Float.self) == [15, 11, 2, 43, 27, 2])
  }

  @Test func `large scale jitter gives squares, in which boxes lie and are not nothing`() {
    let augmentation = AugmentationPreset.lsj.augmentation(for: InputSize(minSize: 50))
    var counts: [Int] = []
    for seed in 0..<40 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let made = augmentation.applied(to: sample, using: &generator)
      #expect(made.image.shape == [3, 64, 64] && made.target.masks?.shape.suffix(2) == [64, 64])
      for box in made.corners {
        #expect(box[0] >= 0 && box[1] >= 0 && box[2] <= 64 && box[3] <= 64)
        #expect(box[2] > box[0] && box[3] > box[1])
      }
      counts.append(made.target.labels.size(0))
    }
    // Some windows leave an object out.
    #expect(Set(counts).isSuperset(of: [1, 2]))
  }

  @Test
  func
    `sizes of the shorter side are drawn from 480 to 800 in steps of 32, the longer at most 1333`()
  {
    let augmentation = AugmentationPreset.multiscale.augmentation(for: InputSize())
    let small = Sample(
      imageIndex: 0, image: .zeros([3, 8, 12]),
      target: TargetTensors(boxes: .zeros([0, 4]), labels: Tensor([] as [Int64])))
    var sides: Set<Int> = []
    for seed in 0..<80 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let made = augmentation.applied(to: small, using: &generator)
      sides.insert(made.height)
      #expect(made.width == made.height * 3 / 2)
    }
    #expect(sides == Set(stride(from: 480, through: 800, by: 32)))
  }

  @Test func `a window of SSD holds the middle of all boxes that are left, and some are left`() {
    var sizes: Set<Int> = []
    for seed in 0..<60 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let made = OverlapCrop().applied(to: sample, using: &generator)
      #expect(made.target.labels.size(0) >= 1)
      let ratio = Double(made.width) / Double(made.height)
      #expect(made.width == 40 || (0.5...2).contains(ratio))
      for (box, label) in zip(made.corners, made.target.labels.scalars(as: Int64.self)) {
        // The whole box is 60 or 64 pixels, of which its middle keeps a quarter.
        let area = (box[2] - box[0]) * (box[3] - box[1])
        #expect(area >= (label == 1 ? 15 : 16))
      }
      sizes.insert(made.width)
    }
    #expect(sizes.contains(40) && sizes.count > 10)
  }

  @Test
  func `a pasted object covers what is below it, by two pixels more, and takes its box along`()
    throws
  {
    let below = sample
    var above = sample.keeping([0])
    above.image = .full([3, 30, 40], 99)
    above.target.labels = Tensor([7] as [Int64])
    var generator = SeededGenerator(seed: 0)
    let pasted = ObjectPasting().applied(to: [above, below], using: &generator)[1]
    // The object of the one below lay where the other's is pasted, and is gone.
    #expect(pasted.target.labels.scalars(as: Int64.self) == [2, 7])
    #expect(pasted.target.boxes[1].scalars(as: Float.self) == [2, 4, 12, 10])
    #expect(pasted.target.boxes[0].scalars(as: Float.self) == [30, 20, 38, 28])
    #expect(pasted.image[0, 6, 13].item() == 99 && pasted.image[0, 6, 14].item() == 14)
    #expect(pasted.target.masks?.shape == [2, 30, 40])
  }
}
