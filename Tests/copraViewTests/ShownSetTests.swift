import Foundation
import TestSupport
import Testing

@Suite("What the viewer's page is told")
struct ShownSetTests {
  @Test func `names reach the page as data, whatever they hold`() throws {
    let names = [
      "<script>alert(1)</script>.jpg", "\"'&quot;.jpg", "שלום \u{202E}gpj.jpg", "👩‍👩‍👧 猫.jpg",
      String(repeating: "word", count: 300) + ".jpg", "line\nbreak\u{0}.jpg",
    ]
    let folder = try TemporaryFolder()
    try folder.writeSet(names)
    let viewer = try Viewer(["set.json", "--no-findings"], in: folder)
    let answer = try viewer.answer(to: "/api/pictures?from=0&count=100")
    #expect(answer.headers["content-type"] == "application/json")
    let pictures = try #require(
      viewer.json("/api/pictures?from=0&count=100")["pictures"] as? [[Any]])
    #expect(pictures.compactMap { $0.first as? String } == names)
    #expect(try viewer.json("/api/picture/0")["name"] as? String == names[0])
  }

  @Test func `a picture is reported with its objects and the places where they stand`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.jpg"])
    let picture = try Viewer(["set.json"], in: folder).json("/api/picture/0")
    let details = try #require(picture["details"] as? [[String: Any]])
    let place = try #require(details.first?["place"] as? String)
    #expect(place.hasPrefix("set.json:1:"))
    let drawn = try #require(picture["drawn"] as? [String: Any])
    let truths = try #require(drawn["truths"] as? [[String: Any]])
    #expect(truths.count == 1 && truths[0]["box"] as? [Double] == [1, 1, 4, 3])
  }

  @Test func `pictures are reported in pieces, and pieces that there are not are refused`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet((0..<10).map { "\($0).jpg" })
    let viewer = try Viewer(["set.json", "--no-findings"], in: folder)
    let piece = try viewer.json("/api/pictures?from=8&count=5")
    #expect((piece["pictures"] as? [Any])?.count == 2)
    for query in ["from=11&count=1", "from=-1&count=1", "from=0&count=99999999", "from=x", ""] {
      #expect(try viewer.answer(to: "/api/pictures?\(query)").status == 400)
    }
    for query in ["pictures=10", "pictures=-1", "pictures=a", "pictures=0&score=nan"] {
      #expect(try viewer.answer(to: "/api/objects?\(query)").status == 400)
    }
  }

  @Test func `findings are reported by picture once they have been looked for`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.pgm", "b.pgm"])
    try folder.writePicture("a.pgm")
    let findings = try Viewer(["set.json"], in: folder).findings()
    #expect(findings["state"] as? String == "done")
    let rules = try #require(findings["rules"] as? [[String: String]]).compactMap { $0["id"] }
    let pictures = try #require(findings["pictures"] as? [[Int]])
    let missing = try #require(rules.firstIndex { $0.contains("missing") })
    #expect(pictures.contains { $0.first == 1 && $0.dropFirst().contains(missing) })
    #expect(!pictures.contains { $0.first == 0 && $0.dropFirst().contains(missing) })
  }

  @Test
  func `what a check said of labels is reported: losses, and errors among the findings`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.pgm", "b.pgm"])
    try folder.write(
      """
      {"verdict": "ready",
       "label_scores": [
         {"kind": "likely-wrong-label", "score": 0.1, "image_id": 2, "annotation_id": 2,
          "is_error": true, "message": "seen as another"},
         {"kind": "likely-bad-location", "score": 0.9, "image_id": 1, "annotation_id": 1,
          "is_error": false},
         {"kind": "likely-missing-label", "score": 0.2, "image_id": 1, "category_id": 1,
          "bbox": [1, 2, 3, 4], "is_error": true, "message": "seen where no annotation is"},
         {"kind": "likely-wrong-label", "score": 0, "image_id": 7, "annotation_id": 7,
          "is_error": true, "message": "not here"}],
       "label_losses": [{"annotation_id": 2, "loss": 0.75, "times_forgotten": 3}]}
      """, to: "check.json")
    let viewer = try Viewer(["set.json", "--no-findings", "--check", "check.json"], in: folder)
    #expect(try viewer.answer(to: "/api/losses").text == "[null,0.75]")
    #expect(try viewer.findings()["pictures"] as? [[Int]] == [[0, 1], [1, 0]])
    let picture = try viewer.json("/api/picture/1")
    let finding = try #require((picture["findings"] as? [[String: Any]])?.first)
    #expect(finding["message"] as? String == "seen as another" && finding["object"] as? Int == 0)
    #expect((finding["place"] as? String)?.hasPrefix("set.json:1:") == true)
    let details = try #require((picture["details"] as? [[String: Any]])?.first)
    #expect(details["loss"] as? Double == 0.75 && details["forgotten"] as? Int == 3)
    #expect(
      try Child(Viewer.copra, ["view", "set.json", "--check", "set.json"], in: folder).wait().status
        == 2)
  }

  @Test func `predictions are matched or false, and what is left of the truth is missed`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.jpg", "b.jpg"])
    try folder.write(
      """
      [{"image_id": 1, "category_id": 1, "bbox": [1, 1, 4, 3], "score": 0.9},
       {"image_id": 1, "category_id": 1, "bbox": [5, 4, 2, 2], "score": 0.5}]
      """, to: "results.json")
    let viewer = try Viewer(["set.json", "--predictions", "results.json"], in: folder)
    let expected: [(score: Double, missed: [Int], wrong: [Int])] = [
      (0, [0, 1], [1, 0]), (0.6, [0, 1], [0, 0]), (1, [1, 1], [0, 0]),
    ]
    for (score, missed, wrong) in expected {
      let counts = try viewer.json("/api/verdicts?score=\(score)")
      #expect(counts["missed"] as? [Int] == missed && counts["false"] as? [Int] == wrong)
    }
  }
}
