import Foundation
import TestSupport
import Testing

@Suite("Evaluate")
struct EvaluateTests {
  static let results =
    #"[{"image_id":1,"category_id":1,"bbox":[1,1,5,5],"score":0.9},"#
    + #"{"image_id":1,"category_id":2,"bbox":[2,2,5,5],"score":0.8}]"#

  private func workspace(_ results: String = results) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let truth = COCOText.dataset(boxes: ["1,1,5,5", "20,2,5,5"], categories: ["crab", "boat"])
    try folder.write(truth, to: "truth.json")
    try folder.write(results, to: "results.json")
    return folder
  }

  private func evaluate(_ arguments: String..., in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(["evaluate", "truth.json", "results.json"] + arguments, in: folder)
  }

  @Test func `the summary is in pycocotools' words`() throws {
    let ending = try evaluate(in: workspace())
    let expected = """
       Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 0.500
       Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets=100 ] = 0.500
       Average Precision  (AP) @[ IoU=0.75      | area=   all | maxDets=100 ] = 0.500
       Average Precision  (AP) @[ IoU=0.50:0.95 | area= small | maxDets=100 ] = 0.500
       Average Precision  (AP) @[ IoU=0.50:0.95 | area=medium | maxDets=100 ] = -1.000
       Average Precision  (AP) @[ IoU=0.50:0.95 | area= large | maxDets=100 ] = -1.000
       Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=  1 ] = 0.500
       Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets= 10 ] = 0.500
       Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 0.500
       Average Recall     (AR) @[ IoU=0.50:0.95 | area= small | maxDets=100 ] = 0.500
       Average Recall     (AR) @[ IoU=0.50:0.95 | area=medium | maxDets=100 ] = -1.000
       Average Recall     (AR) @[ IoU=0.50:0.95 | area= large | maxDets=100 ] = -1.000

      """
    #expect(ending.results == expected)
    #expect(ending.messages.isEmpty)
    #expect(ending.status == 0)
  }

  @Test func `JSON is one object with stats, names, per_category and counts`() throws {
    let folder = try workspace()
    let ending = try evaluate("--format", "json", "-o", "out/metrics.json", in: folder)
    #expect(ending.status == 0)
    let json = try folder.json("out/metrics.json")
    #expect((json["stats"] as? [Double])?.count == 12)
    #expect((json["names"] as? [String])?.prefix(3) == ["AP", "AP50", "AP75"])
    let categories = try folder.records("per_category", of: "out/metrics.json")
    #expect(categories.compactMap { ($0["ap"] as? Double)?.rounded() } == [1, 0])
    let counts = json["counts"] as? [String: Int]
    #expect(counts == ["images": 1, "categories": 2, "objects": 2, "detections": 2])
  }

  @Test(arguments: ["text", "json"])
  func `what is asked for besides is in both formats`(format: String) throws {
    let words = ["calibration", "confusion", "errors"]
    let ending = try evaluate(
      "--errors", "--confusion", "--calibration", "--per-category", "--format", format,
      in: workspace())
    #expect(ending.status == 0)
    let titles =
      format == "json" ? words : ["calibration error", "detected as", "AP it costs", "crab"]
    for title in titles { #expect(ending.results.contains(title), "\(title)") }
  }

  @Test func `curves and arrays are written, and overwritten only with --force`() throws {
    let folder = try workspace()
    let arguments = ["evaluate", "truth.json", "results.json", "--arrays", "arrays", "--curves"]
    for name in ["curves.svg", "curves.html"] {
      let ending = try Copra.run(arguments + [name, "--force"], in: folder)
      #expect(ending.status == 0)
      #expect(try folder.text(name).contains("<polyline"))
    }
    #expect(try folder.names(in: "arrays") == ["precision.npy", "recall.npy", "scores.npy"])
    let header = try folder.bytes("arrays/recall.npy").prefix(128)
    #expect(header.starts(with: [0x93] + Array("NUMPY".utf8) + [1, 0]))
    #expect(String(decoding: header, as: UTF8.self).contains("'shape': (10, 2, 4, 3, )"))
    #expect(try folder.bytes("arrays/recall.npy").count == 128 + 8 * 240)
    let again = try Copra.run(arguments + ["curves.svg"], in: folder)
    #expect(again.status == 2)
    #expect(again.messages.contains("--force replaces it"))
  }

  @Test func `one thread and two write the same`() throws {
    let folder = try workspace()
    let endings = try ["1", "2"].map { threads in
      let ending = try evaluate(
        "--threads", threads, "--format", "json", "--errors", "--confusion", "--calibration",
        "--arrays", "a\(threads)", "--curves", "a\(threads)/c.html", in: folder)
      return ending.results
    }
    #expect(endings[0] == endings[1])
    #expect(try folder.tree("a1") == folder.tree("a2"))
  }

  @Test(
    arguments: [
      ("[\(#"{"image_id":1,"category_id":1,"bbox":[1,1,5,5],"score":0.9}"#),", "the file ends"),
      (#"{"annotations":[]}"#, "expected a list of detections, found an object"),
      ("", "the file is empty"),
      (#"[{"image_id":1 "category_id":1}]"#, "results.json:1:2: error"),
    ])
  func `a file that is no list of detections ends with 2 and its place`(
    text: String, message: String
  ) throws {
    let ending = try evaluate(in: workspace(text))
    #expect(ending.status == 2)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.contains(message), "\(ending.messages)")
    #expect(ending.messages.contains("nothing was evaluated"))
  }

  @Test(
    arguments: [
      (#"{"image_id":1,"category_id":1,"bbox":[1,1,5,5],"score":NaN}"#, "found NaN", 59),
      (
        #"{"image_id":1,"category_id":1,"bbox":[1,1,5],"score":1}"#, "expected 4 numbers, found 3",
        38
      ),
      (#"{"image_id":9,"category_id":1,"bbox":[1,1,5,5],"score":1}"#, "no image has the id 9", 2),
    ])
  func `a record that cannot be evaluated is reported with its place and ends with 1`(
    record: String, message: String, column: Int
  ) throws {
    let ending = try evaluate(in: workspace("[\(record),\n" + Self.results.dropFirst()))
    #expect(ending.status == 1)
    #expect(ending.messages.contains("results.json:1:"), "\(ending.messages)")
    #expect(ending.messages.contains(message), "\(ending.messages)")
    #expect(ending.results.contains("maxDets=100 ] = 0.500"))
  }

  @Test func `images without names, as LVIS has them, are evaluated`() throws {
    let folder = try workspace()
    let truth = try folder.text("truth.json")
    try folder.write(
      truth.replacingOccurrences(of: #""file_name":"a.jpg","#, with: ""), to: "truth.json")
    let ending = try evaluate(in: folder)
    #expect(ending.status == 0)
    #expect(ending.messages.isEmpty)
    #expect(ending.results.contains("maxDets=100 ] = 0.500"))
  }

  @Test func `no detections at all give zeros and a note`() throws {
    let ending = try evaluate(in: workspace("[]"))
    #expect(ending.status == 0)
    #expect(ending.messages == "note: results.json contains no detections\n")
    #expect(ending.results.contains("maxDets=100 ] = 0.000"))
  }

  @Test
  func `limits without 100 give a first figure of -1, as in pycocotools, and a note`() throws {
    let ending = try evaluate("--max-detections", "1,5,50", in: workspace())
    #expect(
      ending.results.hasPrefix(
        " Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = -1.000\n"))
    #expect(ending.results.contains("maxDets= 50 ] = 0.500"))
    #expect(ending.messages.contains("note: the first figure is -1"))
  }

  @Test func `ranges of areas that pycocotools does not name follow behind its figures`() throws {
    let areas = "all=0:1e10,tiny=0:30"
    let text = try evaluate("--areas", areas, in: workspace())
    let lines = text.results.split(separator: "\n")
    #expect(lines.count == 14)
    #expect(
      lines[12]
        == " Average Precision  (AP) @[ IoU=0.50:0.95 | area=  tiny | maxDets=100 ] = 0.500")
    let json = try evaluate("--areas", areas, "--format", "json", in: workspace())
    #expect(json.results.contains(#""further_names":["AP tiny","AR tiny"]"#))
  }

  @Test(
    arguments: [
      ["--max-detections", "1,10"], ["--iou-thresholds", "0.9,0.5"], ["--iou-thresholds", "x"],
      ["--areas", "all"], ["--curves", "curves.png"], ["--errors", "--iou-type", "keypoints"],
      ["--lvis", "--iou-type", "keypoints"], ["--threads", "0"], ["--keypoint-sigmas", "0"],
    ])
  func `options that cannot be are refused`(options: [String]) throws {
    let folder = try workspace()
    let ending = try Copra.run(["evaluate", "truth.json", "results.json"] + options, in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.hasPrefix("error: "))
    #expect(ending.results.isEmpty)
  }

  @Test func `a ground truth that is none ends with 2`() throws {
    let folder = try workspace()
    let swapped = try Copra.run(["evaluate", "results.json", "results.json"], in: folder)
    #expect(swapped.status == 2)
    #expect(swapped.messages.contains("found a list of results"))
    let missing = try Copra.run(["evaluate", "no.json", "results.json"], in: folder)
    #expect(missing.status == 2)
    #expect(missing.messages == "error: no.json: cannot open: no such file or directory\n")
  }
}

@Suite("Evaluate results in several files")
struct SeveralResultsTests {
  @Test func `they count as one list, in the order of the files`() throws {
    let folder = try TemporaryFolder()
    let truth = COCOText.dataset(boxes: ["1,1,5,5", "20,2,5,5"], categories: ["crab", "boat"])
    try folder.write(truth, to: "truth.json")
    try folder.write(EvaluateTests.results, to: "whole.json")
    let parts = [
      #"[{"image_id":1,"category_id":1,"bbox":[1,1,5,5],"score":0.9}]"#,
      #"{"image_id":1,"category_id":2,"bbox":[2,2,5,5],"score":0.8}"#,
    ]
    try folder.write(parts[0], to: "a.json")
    try folder.write(parts[1], to: "b.jsonl")
    let whole = try Copra.run(["evaluate", "truth.json", "whole.json"], in: folder)
    let ending = try Copra.run(["evaluate", "truth.json", "a.json", "b.jsonl"], in: folder)
    #expect(ending.results == whole.results)
    #expect(ending.messages.isEmpty)
  }

  @Test func `one that is cut gives no figures at all`() throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOText.dataset(boxes: ["1,1,5,5"]), to: "truth.json")
    try folder.write(EvaluateTests.results, to: "a.json")
    try folder.write(#"[{"image_id":1,"#, to: "b.json")
    let ending = try Copra.run(["evaluate", "truth.json", "a.json", "b.json"], in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("nothing was evaluated: b.json is broken"))
    #expect(ending.results.isEmpty)
  }
}
