import COCO
import Testing

@testable import Linting

struct LoadSurveyTests {
  private static func survey(_ bytes: [UInt8]) -> LoadSurvey {
    bytes.withUnsafeBufferPointer { LoadSurvey($0) }
  }

  @Test(arguments: [
    ("{\"images\": [], }", 15), ("{'images': []}", 1), ("{\"a\": 01}", 7), ("{\"a\": .5}", 6),
    ("{\"a\": 1.}", 8), ("{\"a\": -}", 7), ("{\"a\": tru}", 6), ("{\"a\": \"\u{1}\"}", 7),
    ("{\"a\": \"\\u12\"}", 7), ("{\"a\" 1}", 5), ("{} {}", 3), ("[]", 0), ("null", 0), ("", 0),
    ("{\"images\": {}}", 11), ("{\"annotations\": [1]}", 17), ("\u{FEFF}{}", 0), ("{\"a\": 1", 7),
  ])
  func `what Python's json refuses is refused where it stands`(_ text: String, _ offset: Int) {
    #expect(Self.survey(Array(text.utf8)).refusal?.offset == offset)
  }

  @Test(arguments: [
    "{}", " {\n}\t", "{\"a\": NaN, \"b\": -Infinity, \"c\": 1e5, \"d\": -0.5E-3}",
    "{\"a\": [[], {}, \"\\ud800\\n\", \"é😀\"]}", "{\"images\": [], \"images\": []}",
  ])
  func `what Python's json loads is loaded`(_ text: String) {
    #expect(Self.survey(Array(text.utf8)).refusal == nil)
  }

  @Test(arguments: [[0xE9], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80]])
  func `bytes that are no UTF-8 are refused`(_ bytes: [UInt8]) {
    let text = Array("{\"a\": \"".utf8) + bytes + Array("\"}".utf8)
    #expect(Self.survey(text).refusal?.offset == 7)
  }

  @Test func `what stands under a key is counted, and where it does first`() {
    let text = #"""
      {"annotations": [{"id": 1, "area": "5"}, {"area": null}, {"id": "x", "area": 2.5}],
       "images": [{"id": true}, {"id": [1]}]}
      """#
    let survey = Self.survey(Array(text.utf8))
    #expect(survey.lists == [.images, .annotations])
    #expect(survey.count(.annotations, .id, .absent).records == 1)
    #expect(survey.count(.annotations, .id, .absent).first == 41)
    #expect(survey.count(.annotations, .id, .text).records == 1)
    #expect(survey.count(.annotations, .area, .digits).records == 1)
    #expect(survey.count(.annotations, .area, .null).records == 1)
    #expect(survey.count(.annotations, .area, .fraction).records == 1)
    #expect(survey.count(.images, .id, .boolean).records == 1)
    #expect(survey.count(.images, .id, .list).records == 1)
  }

  @Test func `of a list that stands twice the last counts, as Python has it`() {
    let text = #"{"images": [{"id": "a"}], "images": [{"id": 1}]}"#
    let survey = Self.survey(Array(text.utf8))
    #expect(survey.count(.images, .id, .text).records == 0)
    #expect(survey.count(.images, .id, .whole).records == 1)
  }

  @Test(arguments: [
    ("pycocotools", FaultKind.missingKeypointCount), ("detectron2", .missingField),
    ("mmdetection", .missingField), ("ultralytics", .zeroImageSize),
  ])
  func `a consumer that reads a key stops without it`(_ name: String, _ kind: FaultKind) throws {
    let text = #"""
      {"images": [{"id": 1, "file_name": "a.jpg"}], "categories": [{"id": 1, "name": "crab"}],
       "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 12,
        "iscrowd": 0, "keypoints": [1, 2, 2]}]}
      """#
    let profile = try #require(Profiles.profile(named: name))
    let effects = profile.loading(Self.survey(Array(text.utf8)))
    #expect(effects.filter { $0.consequence == .crashes }.map(\.rule).contains(kind))
  }
}
