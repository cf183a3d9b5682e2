import Foundation
import TestSupport
import Testing

@Suite("copra check", .serialized)
struct CheckTests {
  private static let quick = "--budget 0 --skip step,appearance --threads 1"

  private func json(_ ending: ProgramEnding) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(ending.results.utf8))
    return try #require(value as? [String: Any])
  }

  @Test func `a sound set is ready, with the anchors' recall and the next command`() throws {
    let folder = try TinySet().workspace()
    let ending = try Engine.run("check d \(Self.quick)", in: folder)
    #expect(ending.status == 0, "\(ending.messages)\(ending.results)")
    #expect(ending.results.contains("\nanchors: best possible recall "))
    #expect(ending.results.contains("\nverdict: ready to train; the short training was skipped\n"))
    #expect(
      ending.results.hasSuffix(
        "\nnext: copra train d --model fasterrcnn_resnet50_fpn --save weights.safetensors\n"))
  }

  @Test func `errors of the rules count as fixes to be made first`() throws {
    var set = TinySet()
    set.more = ",\n" + TinySet.annotation(id: 99, image: 7, box: "[4, 4, 0, 16]")
    let ending = try Engine.run("check d \(Self.quick)", in: try set.workspace())
    #expect(ending.status == 1, "\(ending.messages)")
    #expect(ending.results.contains("[zero-area-box]"))
    #expect(ending.results.contains("\nverdict: train after 1 fix\n"))
  }

  @Test func `a set with nothing to learn is not learnable`() throws {
    var set = TinySet()
    set.boxes = []
    let ending = try Engine.run("check d \(Self.quick)", in: try set.workspace())
    #expect(ending.status == 1, "\(ending.messages)")
    #expect(ending.results.contains("\nverdict: not learnable: expected objects to learn"))
  }

  @Test func `a file that is cut is reported at its place, and is not learnable`() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"images": ["#, to: "cut.json")
    let ending = try Engine.run("check cut.json \(Self.quick)", in: folder)
    #expect(ending.status == 1, "\(ending.messages)")
    #expect(ending.results.contains("cut.json:1:12: error: "), "\(ending.results)")
    #expect(ending.results.contains("\nverdict: not learnable: "))
  }

  @Test func `annotations alone are examined without their pictures`() throws {
    let folder = try TinySet().workspace()
    let text = String(decoding: try folder.bytes("d/instances.json"), as: UTF8.self)
    try folder.write(text, to: "alone.json")
    let ending = try Engine.run("check alone.json --skip validation --format json", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let model = try #require(try json(ending)["model"] as? [String: Any])
    #expect(model["objects"] as? Int == 4)
  }

  @Test
  func `boxes that fit are ready, the same mirrored are not, and of a few it cannot be told`()
    throws
  {
    let folder = try TemporaryFolder()
    let samples = "\(Samples.folder)/voc"
    let line = "--budget 0 --skip validation,model,step"
    let sound = try Engine.run("check \(samples) \(line)", in: folder)
    #expect(sound.status == 0, "\(sound.messages)\(sound.results)")
    #expect(
      sound.results.contains("\nboxes: they fit their images better than "), "\(sound.results)")
    #expect(sound.results.contains("\ncategories: "), "\(sound.results)")
    _ = try Engine.run("convert \(samples) -o o.json", in: folder)
    let set = try JSONSerialization.jsonObject(with: Data(folder.bytes("o.json")))
    try folder.write(try mirrored(try #require(set as? [String: Any])), to: "mirrored.json")
    let wrong = try Engine.run("check mirrored.json \(line)", in: folder)
    #expect(wrong.status == 1, "\(wrong.messages)\(wrong.results)")
    #expect(
      wrong.results.contains("\nverdict: not learnable: boxes are mirrored, "), "\(wrong.results)")
    let few = try Engine.run("check d \(line)", in: try TinySet().workspace())
    #expect(few.status == 3, "\(few.messages)\(few.results)")
    #expect(
      few.results.contains(
        "\nverdict: undecided: it cannot be determined whether boxes fit what the images show\n"))
  }

  /// The set with left and right of all boxes exchanged.
  private func mirrored(_ set: [String: Any]) throws -> String {
    let images = try #require(set["images"] as? [[String: Any]])
    let widths = images.reduce(into: [:] as [Int: Double]) { widths, image in
      if let id = image["id"] as? Int { widths[id] = image["width"] as? Double }
    }
    let annotations = try #require(set["annotations"] as? [[String: Any]]).map { annotation in
      var annotation = annotation
      if let id = annotation["image_id"] as? Int, let width = widths[id],
        let box = annotation["bbox"] as? [Double]
      {
        annotation["bbox"] = [width - box[0] - box[2], box[1], box[2], box[3]]
      }
      return annotation
    }
    let mirrored = set.merging(["annotations": annotations]) { _, new in new }
    return String(decoding: try JSONSerialization.data(withJSONObject: mirrored), as: UTF8.self)
  }

  @Test func `a step is estimated, then measured, and a short training is undecided`() throws {
    var set = TinySet()
    set.more =
      ",\n" + TinySet.annotation(id: 99, image: 7, category: 8, box: "[50, 4, 20, 16]")
    let folder = try set.workspace()
    let ending = try Engine.run(
      "check d --config model.yaml --budget 1s --format json --threads 1", in: folder)
    #expect(ending.status == 3, "\(ending.messages)\(ending.results)")
    let report = try json(ending)
    #expect(report["verdict"] as? String == "undecided")
    let step = try #require(report["step"] as? [String: Any])
    #expect(step["seconds"] as? Double ?? 0 > 0)
    #expect(step["measured_bytes"] as? Double ?? 0 > 0)
    let training = try #require(report["training"] as? [String: Any])
    #expect(training["outcome"] as? String == "undecided")
    #expect((report["next"] as? String)?.hasPrefix("copra check d --budget ") == true)
  }

  @Test func `what a conversion writes gives a model the same as the original`() throws {
    let folder = try TinySet().workspace()
    let line = "--skip validation,model,step,appearance --budget 0 --config model.yaml --threads 1"
    _ = try Engine.run("convert d -o o/out.json", in: folder)
    let same = try Engine.run("check o/out.json --images d --against d \(line)", in: folder)
    #expect(same.status == 0, "\(same.messages)\(same.results)")
    #expect(
      same.results.contains("are identical to the bit, and so are the losses of 4 of them"),
      "\(same.results)")
    let text = String(decoding: try folder.bytes("o/out.json"), as: UTF8.self)
    let moved = text.replacingOccurrences(of: "[30,6,24,20]", with: "[31,6,24,20]")
    #expect(moved != text)
    try folder.write(moved, to: "o/out.json")
    let other = try Engine.run("check o/out.json --images d --against d \(line)", in: folder)
    #expect(other.status == 1)
    #expect(
      other.results.contains("the corners are 31 6 55 26 here and 30 6 54 26 there (there: d/"),
      "\(other.results)")
  }

  @Test func `labels that predictions speak against are reported at their place`() throws {
    let folder = try TinySet().workspace()
    let found = [
      (7, "[4, 4, 20, 16]", 3), (8, "[30, 6, 24, 20]", 8), (9, "[50, 2, 20, 24]", 3),
      (10, "[10, 8, 40, 14]", 3), (10, "[70, 20, 10, 10]", 3),
    ].map { image, box, category in
      #"{"image_id": \#(image), "category_id": \#(category), "bbox": \#(box), "score": 0.99}"#
    }
    try folder.write("[\(found.joined(separator: ",\n"))]", to: "r.json")
    let line =
      "check d --predictions r.json --skip validation,model,step,appearance --budget 0 --threads 1"
    let ending = try Engine.run(line, in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(ending.results.contains("[likely-missing-label]"), "\(ending.results)")
    #expect(ending.results.contains("labels: the predictions suggest 1 missing label, "))
    try folder.write("{", to: "r.json")
    let broken = try Engine.run(line, in: folder)
    #expect(broken.status == 2)
    #expect(broken.messages.contains("r.json"))
  }

  @Test func `a page holds the verdict, and findings with the pictures of their split`() throws {
    let folder = try TemporaryFolder()
    try TinySet().add(to: folder, in: "train")
    var set = TinySet()
    set.more = ",\n" + TinySet.annotation(id: 99, image: 7, box: "[4, 4, 0, 16]")
    try set.add(to: folder, in: "val")
    let line = "check train val \(Self.quick)"
    let ending = try Engine.run("\(line) -o out/report.html", in: folder)
    #expect(ending.status == 1 && ending.messages.hasSuffix("wrote out/report.html\n"))
    #expect(ending.results.contains("\nverdict: train after 5 fixes\n"))
    let page = String(decoding: try folder.bytes("out/report.html"), as: UTF8.self)
    for part in ["<b>train after 5 fixes</b>", "best overlap that an anchor", "zero-area-box"] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(page.contains(#"data-category="cat" data-split="val""#))
    #expect(try Engine.run("\(line) -o out/report.html", in: folder).status == 2)
    let printed = try Engine.run("\(line) --format html", in: folder)
    #expect(printed.results.hasPrefix("<!DOCTYPE html>") && printed.results.hasSuffix("</html>\n"))
  }

  @Test(
    arguments: [
      "--skip everything", "--budget -1", "--model nothing", "--predictions missing.json",
    ])
  func `what cannot be asked for is refused`(options: String) throws {
    let ending = try Engine.run("check d \(Self.quick) \(options)", in: try TinySet().workspace())
    #expect(ending.status == 2)
    #expect(ending.messages.contains("error: "))
  }

  private static let labelsAlone =
    "--skip validation,model,step,appearance,training --config model.yaml --format json --threads 1"

  @Test func `labels of all splits are judged by models that have not learnt them`() throws {
    let folder = try TemporaryFolder()
    for split in ["train", "val"] { try TinySet().add(to: folder, in: split) }
    let ending = try Engine.run(
      "check train val --folds 2 --budget 6s --min-size 64 \(Self.labelsAlone)", in: folder)
    let report = try json(ending)
    let losses = try #require(report["label_losses"] as? [[String: Any]], "\(ending.messages)")
    #expect(!losses.isEmpty && losses.allSatisfy { $0["loss"] as? Double ?? 2 <= 1 })
    #expect(losses.allSatisfy { $0["times_forgotten"] as? Int != nil })
    let means = try #require(report["mean_label_losses"] as? [String: Any])
    #expect((means["by_size"] as? [Any])?.isEmpty == false)
    let scores = try #require(report["label_scores"] as? [[String: Any]])
    let judged = scores.filter { $0["kind"] as? String == "likely-wrong-label" }
    #expect(Set(judged.compactMap { $0["annotation_id"] as? Int }) == Set(1...8))
    #expect(ending.messages.contains("fold 2 of 2: AP50 "))
  }

  @Test
  func
    `labels are held against what the detector of --weights finds, if it is for these categories`()
    throws
  {
    let folder = try TinySet().workspace()
    let training = try Engine.run(
      "train d --steps 1 --batch-size 1 --min-size 64 --threads 1 --config model.yaml --save w.safetensors",
      in: folder)
    #expect(training.status == 0, "\(training.messages)")
    let line = "check d --weights w.safetensors --min-size 64 \(Self.labelsAlone)"
    let scores = try json(Engine.run(line, in: folder))["label_scores"] as? [[String: Any]]
    #expect(scores?.count { $0["kind"] as? String == "likely-bad-location" } == 4)
    let text = String(decoding: try folder.bytes("d/instances.json"), as: UTF8.self)
    try folder.write(text.replacing("\"cat\"", with: "\"owl\""), to: "d/instances.json")
    #expect(try json(Engine.run(line, in: folder))["label_scores"] == nil)
  }
}
