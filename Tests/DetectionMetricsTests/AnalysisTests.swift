import COCO
import DetectionMetrics
import Testing

@Suite("Confusion, calibration and operating points")
struct AnalysisTests {
  private func counts(_ set: SmallSet) async throws -> [Int] {
    try #require(await set.evaluate().confusion).counts
  }

  @Test
  func `a detection takes the object that it overlaps most, of whatever category`() async throws {
    var set = SmallSet()
    set.objects = [(1, 0), (1, 100), (2, 200)]
    set.detections = [(1, 0, 0.9), (2, 100, 0.8), (1, 400, 0.7)]
    // Rows are crab, boat, nothing; columns what they are taken for.
    #expect(try await counts(set) == [1, 1, 0, 0, 0, 1, 1, 0, 0])
  }

  @Test func `an object is taken once, by the detection of the highest score`() async throws {
    var set = SmallSet()
    set.objects = [(1, 0)]
    set.detections = [(2, 1, 0.5), (1, 0, 0.6)]
    #expect(try await counts(set) == [1, 0, 0, 0, 0, 0, 0, 1, 0])
  }

  @Test
  func `detections below the score, and those on crowds of their category, are not counted`()
    async throws
  {
    var set = SmallSet()
    set.crowds = [(1, 0)]
    set.detections = [(1, 1, 0.9), (1, 300, 0.2)]
    #expect(try await counts(set) == [Int](repeating: 0, count: 9))
  }

  @Test func `the best threshold is the score at which F1 is highest`() async throws {
    var set = SmallSet()
    set.objects = [(1, 0), (1, 100), (1, 200), (1, 300)]
    set.detections = [(1, 0, 0.9), (1, 100, 0.8), (1, 600, 0.7), (1, 200, 0.6), (1, 700, 0.5)]
    let best = try #require(await set.evaluate().bestOperatingPoint(category: 0))
    #expect([best.score, best.precision, best.recall, best.f1] == [0.6, 0.75, 0.75, 0.75])
  }

  @Test func `detections of one score are taken together`() async throws {
    var set = SmallSet()
    set.objects = [(1, 0), (1, 100)]
    set.detections = [(1, 0, 0.5), (1, 600, 0.5), (1, 700, 0.5)]
    let best = try #require(await set.evaluate().bestOperatingPoint(category: 0))
    #expect(best.precision == 1.0 / 3)
    #expect(best.f1 == 0.4)
  }

  @Test func `a category of which nothing is found has no best threshold`() async {
    var set = SmallSet()
    set.objects = [(1, 0)]
    set.detections = [(1, 600, 0.5)]
    #expect(await set.evaluate().bestOperatingPoint(category: 0) == nil)
  }

  @Test
  func `the calibration error is the mean distance of score and share of what is right`()
    async throws
  {
    var set = SmallSet()
    set.objects = [(1, 0), (2, 100)]
    set.detections = [(1, 0, 0.95), (1, 600, 0.95), (2, 100, 0.25), (2, 700, 0.35)]
    let calibration = await set.evaluate().calibration
    // |0.5 - 0.95| of two detections, |1 - 0.25| and |0 - 0.35| of one each.
    let expected = (0.45 * 2 + 0.75 + 0.35) / 4
    #expect(abs((calibration.expectedError ?? .nan) - expected) < 1e-12)
    #expect(calibration.maximumError == 0.75)
    #expect(calibration.bins.map(\.count) == [0, 0, 1, 1, 0, 0, 0, 0, 0, 2])
  }

  @Test func `scores outside 0 to 1 count in the outermost bins`() async {
    var set = SmallSet()
    set.detections = [(1, 0, -3), (1, 100, 1), (1, 200, 1e300)]
    let bins = await set.evaluate().calibration.bins
    #expect(bins[0].count == 1)
    #expect(bins[9].count == 2)
  }

  @Test func `each mistake is of one kind`() async throws {
    var set = SmallSet()
    set.objects = [(1, 0), (1, 100), (1, 200), (1, 300), (2, 500)]
    set.detections = [
      (1, 0, 0.9), (1, 1, 0.8), (2, 100, 0.7), (1, 206, 0.6), (1, 800, 0.5), (2, 307, 0.4),
    ]
    let errors = try #require(await set.evaluate().errors)
    let expected: [ErrorKind: Int] = [
      .duplicate: 1, .classification: 1, .localisation: 1, .background: 1, .both: 1, .missed: 2,
    ]
    #expect(errors.counts == expected)
  }
}
