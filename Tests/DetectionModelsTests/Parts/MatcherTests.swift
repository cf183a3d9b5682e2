import Testing
import Torch

@testable import DetectionModels

@Suite("Matcher")
struct MatcherTests {
  struct Figures: Decodable {
    struct Case: Decodable {
      let high: Double
      let low: Double
      let allowLowQualityMatches: Bool
      let matches: [Int]
    }

    struct Quality: Decodable {
      let quality: [[Float]]
      let cases: [Case]
    }

    let cases: [Quality]
  }

  @Test
  func `matches are torchvision's, of overlaps that tie and that are a threshold too`() throws {
    for given in try readPart("matcher", as: Figures.self).cases {
      let quality = Tensor(rows: given.quality)
      for expected in given.cases {
        let matcher = Matcher(
          highThreshold: expected.high, lowThreshold: expected.low,
          allowLowQualityMatches: expected.allowLowQualityMatches)
        #expect(matcher(quality).scalars() == expected.matches)
      }
    }
  }

  @Test func `a prediction that is a truth's best keeps the truth that itself overlaps most`() {
    // The second truth's best is the first prediction, which overlaps the first truth more.
    let quality = Tensor(rows: [[0.2, 0.1], [0.15, 0]])
    let matcher = Matcher(highThreshold: 0.7, lowThreshold: 0.3, allowLowQualityMatches: true)
    #expect(matcher(quality).scalars() == [0, -1])
  }

  @Test func `an overlap that is both thresholds is a match`() {
    let matcher = Matcher(highThreshold: 0.5, lowThreshold: 0.5)
    #expect(matcher(Tensor(rows: [[0.5, 0.49]])).scalars() == [0, -1])
  }

  @Test func `where there is nothing to find all anchors are background`() {
    let target = TrainingTarget(boxes: .zeros([0, 4]), labels: .zeros([0], dtype: .int64))
    let matcher = Matcher(highThreshold: 0.5, lowThreshold: 0.5)
    #expect(matcher.matches(.ones([3, 4]), to: target).scalars() == [-1, -1, -1])
  }

  @Test func `a low threshold above the high one traps`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Matcher(highThreshold: 0.3, lowThreshold: 0.7)
    }
    #expect(result.message.contains("expected a low threshold of at most 0.3, found 0.7"))
  }
}
