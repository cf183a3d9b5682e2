import COCO
import Engine
import Files
import Foundation
import Images
import Testing
import Torch

@Suite("Samples")
struct SamplesTests {
  @Test
  func `a sample has samples of 0 to 1 in three planes and its boxes with their labels`() throws {
    let set = try DrawnSet()
    try set.add(width: 12, height: 8, [(2, .at(1, 2, 5, 6))])
    let sample = try set.samples.sample(at: 0)
    #expect(sample.image.shape == [3, 8, 12])
    #expect(sample.image[2, 3, 2].item() == Double(Float(240) / 255))
    #expect(sample.image[0, 0, 0].item() == Double(Float(20) / 255))
    #expect(sample.target.boxes.scalars(as: Float.self) == [1, 2, 5, 6])
    #expect(sample.target.labels.scalars(as: Int64.self) == [2])
  }

  @Test func `a grey picture becomes three equal planes`() throws {
    let set = try DrawnSet()
    let picture = Bitmap(width: 2, height: 1, channels: 1, pixels: [0, 255])
    try Data(picture.png()).write(to: URL(fileURLWithPath: set.path("grey.png")))
    set.addImage("grey.png", width: 2, height: 1)
    let image = try set.samples.sample(at: 0).image
    #expect(image.scalars(as: Float.self) == [0, 1, 0, 1, 0, 1])
  }

  @Test(
    arguments: [
      "cmyk.jpg", "grey.jpg", "grey1.png", "grey16.png", "grey-alpha.png", "palette-alpha.png",
      "palette2.png", "rgba16-interlaced.png", "rgb16.png",
    ])
  func `pictures of every kind become three planes from 0 to 1`(name: String) throws {
    let set = try DrawnSet()
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../ImagesTests/Fixtures/\(name)")
    try FileManager.default.copyItem(atPath: fixtures.path, toPath: set.path(name))
    set.addImage(name, width: 0, height: 0)
    let image = try set.samples.sample(at: 0).image
    #expect(image.shape.count == 3 && image.size(0) == 3)
    #expect(image.dtype == .float32)
    #expect(image.amin().item() >= 0 && image.amax().item() <= 1)
    #expect(image.amax().item() > image.amin().item())
  }

  @Test func `a box whose edges float32 cannot keep apart is no object, a thin one is`() throws {
    let set = try DrawnSet()
    try set.add(width: 512, height: 32, [])
    set.addAnnotation(1, .at(4, 4, 4.000001, 20))
    set.addAnnotation(1, .at(400, 4, 400.0001, 20))
    set.addAnnotation(1, .at(400, 4, 400.01, 20))
    let sample = try set.samples.sample(at: 0)
    #expect(sample.target.labels.shape == [1])
    let mirrored = sample.mirrored(keypoints: []).target.boxes.scalars(as: Float.self)
    #expect(mirrored[0] < mirrored[2])
  }

  @Test func `a picture without objects is a target of no boxes`() throws {
    let set = try DrawnSet()
    try set.add([])
    let target = try set.maskedSamples.sample(at: 0).target
    #expect(target.boxes.shape == [0, 4])
    #expect(target.labels.shape == [0])
    #expect(target.masks?.shape == [0, 32, 32])
  }

  @Test
  func `crowds and boxes of which nothing is left are no objects; others are clamped`() throws {
    let set = try DrawnSet()
    try set.add([])
    set.addAnnotation(1, .at(0, 0, 9, 9), isCrowd: 1)
    set.addAnnotation(1, .at(40, 40, 50, 50))
    set.addAnnotation(1, .at(.nan, 0, 5, 5))
    set.addAnnotation(2, .at(-4, 28, 8, 40))
    let target = try set.samples.sample(at: 0).target
    #expect(target.boxes.scalars(as: Float.self) == [0, 28, 8, 32])
    #expect(target.labels.scalars(as: Int64.self) == [2])
  }

  @Test func `an outline becomes a mask of 0 and 1 in the picture's size`() throws {
    let set = try DrawnSet()
    try set.add(width: 4, height: 3, [])
    set.addAnnotation(
      1, .at(1, 0, 3, 2),
      segmentation: .runLengths(RunLengthMask(height: 3, width: 4, counts: [3, 2, 1, 2, 4])))
    let masks = try set.maskedSamples.sample(at: 0).target.masks
    #expect(masks?.shape == [1, 3, 4])
    #expect(masks?.scalars(as: UInt8.self) == [0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0])
  }

  @Test func `a picture that is missing is a finding with the image's place`() throws {
    let set = try DrawnSet()
    set.addImage("gone.png", width: 4, height: 4)
    let error = #expect(throws: SampleError.self) { try set.samples.sample(at: 0) }
    #expect(error?.finding.rule == "missing-image-file")
    #expect(error?.finding.origin == Origin(file: 0, offset: 1000))
  }

  @Test func `samples of a smoke training are in memory and outlive their files`() throws {
    let set = try DrawnSet()
    try set.add([(1, .at(1, 1, 9, 9))])
    let held = SmokeTraining(set.samples).samples
    try FileManager.default.removeItem(atPath: set.path("picture1.png"))
    #expect(try held.sample(at: 0).image.shape == [3, 32, 32])
  }
}
