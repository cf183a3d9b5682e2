import Testing
import Torch

@testable import DetectionModels

@Suite("What FCOS and SSD match")
struct OneStageTests {
  struct Coding: Decodable {
    let places: [[Float]]
    let boxes: [[Float]]
    let encoded: [[Float]]
    let codes: [[Float]]
    let decoded: [[Float]]
  }

  struct SSDMatches: Decodable {
    struct Case: Decodable {
      let quality: [[Float]]
      let threshold: Double
      let matches: [Int]
    }

    let cases: [Case]
  }

  struct FCOSMatches: Decodable {
    struct Case: Decodable {
      let radius: Double
      let matches: [Int]
    }

    let levels: [[[Float]]]
    let boxes: [[Float]]
    let cases: [Case]
  }

  private let nothing = TrainingTarget(
    boxes: .zeros([0, 4]), labels: .zeros([0], dtype: .int64))

  @Test func `distances of a box's sides from a place are torchvision's, and lead back`() throws {
    let expected = try readPart("linear_coder", as: Coding.self)
    let places = Tensor(rows: expected.places)
    let encoded = BoxLinearCoder().encode(places, Tensor(rows: expected.boxes))
    expectClose(encoded, Tensor(rows: expected.encoded))
    expectClose(
      BoxLinearCoder().decode(Tensor(rows: expected.codes), places),
      Tensor(rows: expected.decoded))
    expectClose(BoxLinearCoder().decode(encoded, places), Tensor(rows: expected.boxes))
  }

  @Test
  func `SSD's matches are torchvision's, of overlaps that tie and truths that share their best`()
    throws
  {
    for expected in try readPart("ssd_matcher", as: SSDMatches.self).cases {
      let matches = SSDMatcher(threshold: expected.threshold)(Tensor(rows: expected.quality))
      #expect(matches.scalars() == expected.matches)
    }
  }

  @Test func `FCOS's matches are torchvision's: the smallest truth within a map's bounds`() throws {
    let expected = try readPart("fcos_matcher", as: FCOSMatches.self)
    let places = CenterSamplingMatcher.Places(expected.levels.map { Tensor(rows: $0) })
    for each in expected.cases {
      let matches = CenterSamplingMatcher(radius: each.radius)(
        places, to: Tensor(rows: expected.boxes))
      #expect(matches.scalars() == each.matches, "radius \(each.radius)")
    }
  }

  @Test func `where there is nothing to find all is background`() {
    let boxes = Tensor.ones([3, 4])
    #expect(SSDMatcher(threshold: 0.5).matches(boxes, to: nothing).scalars() == [-1, -1, -1])
    let places = CenterSamplingMatcher.Places([boxes])
    let matcher = CenterSamplingMatcher(radius: 1.5)
    #expect(matcher.matches(places, to: nothing).scalars() == [-1, -1, -1])
  }

  @Test(
    arguments: ["fcos_resnet50_fpn", "ssd300_vgg16"])
  func `a label that there is no class for traps`(name: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [name] in
      let detector = try #require(DetectorCatalogue.detector(named: name))
      let model = try withoutDraws { try detector.make(numClasses: 3) }
      let target = TrainingTarget(
        boxes: Tensor(rows: [[1, 1, 60, 60]]), labels: Tensor([3]))
      _ = model.losses(images: [.zeros([3, 64, 64])], targets: [target])
    }
    #expect(result.message.contains("expected labels below 3, found 3"))
  }
}
