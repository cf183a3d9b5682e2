import Foundation
import TestSupport
import Testing

@Suite("What copra train does about bad input", .serialized)
struct TrainFaultTests {
  private static let train =
    "train d --config model.yaml --min-size 64 --batch-size 2"

  /// Annotations that no model can be given, with the words of their findings.
  private static let faults: [(annotation: String, words: String)] = [
    (TinySet.annotation(id: 21, image: 7, box: "[9, 9, 0, 5]"), "zero-area-box"),
    (TinySet.annotation(id: 22, image: 7, box: "[9, 9, -4, 5]"), "inverted-box"),
    (TinySet.annotation(id: 23, image: 7, box: "[NaN, 9, 4, 5]"), "annotation 23"),
    (TinySet.annotation(id: 24, image: 8, box: "[9, 9, 1e999, 5]"), "annotation 24"),
    (TinySet.annotation(id: 25, image: 8, category: 0, box: "[9, 9, 4, 5]"), "unknown-category"),
    (TinySet.annotation(id: 26, image: 8, category: 77, box: "[9, 9, 4, 5]"), "found 77"),
    (TinySet.annotation(id: 27, image: 9, box: "[900, 900, 4, 5]"), "box-outside-image"),
    (TinySet.annotation(id: 28, image: 9, box: "[9, 9, 1e-7, 5]"), "annotation 28"),
  ]

  @Test
  func `faulty boxes are reported by their places and left out; the others train; it ends with 1`()
    throws
  {
    var set = TinySet()
    set.more = Self.faults.map { ",\n" + $0.annotation }.joined()
    set.moreImages = #", {"id": 90, "file_name": "gone.png", "width": 9, "height": 9}"#
    let folder = try set.workspace()
    let ending = try Engine.run(
      "\(Self.train) --steps 3 --save w.safetensors --log l.jsonl", in: folder)
    #expect(ending.status == 1, "\(ending.messages)")
    for words in [
      "zero-area-box", "inverted-box", "unknown-category", "box-outside-image",
      "missing-image-file", "gone.png", "d/instances.json:",
    ] {
      #expect(ending.messages.contains(words), "\(words)")
    }
    // What reading found is not said twice.
    #expect(
      ending.messages.split(separator: "\n").count { $0.contains("[missing-image-file]") } == 1)
    #expect(ending.messages.contains("expected finite numbers, found x NaN"))
    #expect(ending.messages.contains("width infinity"))
    #expect(folder.exists("w.safetensors"))
    let losses = try folder.lines("l.jsonl").compactMap { $0["loss"] as? Double }
    #expect(losses.count == 3 && losses.allSatisfy(\.isFinite))
  }

  @Test
  func `a picture that is cut is left out wherever it comes, with its place, and it ends with 1`()
    throws
  {
    let folder = try TinySet().workspace()
    try TinySet().add(to: folder, in: "v")
    for name in ["d/p2.png", "v/p1.png"] {
      let whole = try folder.bytes(name)
      try folder.write(Array(whole.prefix(whole.count / 2)), to: name)
    }
    let line = "\(Self.train) --val v --save w.safetensors --log l.jsonl"
    let ending = try Engine.run("\(line) --epochs 1", in: folder)
    #expect(ending.status == 1, "\(ending.messages)")
    for words in ["d/p2.png", "v/p1.png", "d/instances.json:", "v/instances.json:"] {
      #expect(ending.messages.contains(words), "\(words): \(ending.messages)")
    }
    let resumed = try Engine.run("\(line) --epochs 2 --resume", in: folder)
    #expect(resumed.status == 1, "\(resumed.messages)")
    #expect(resumed.messages.contains("[truncated-image]"))
    let images = try folder.lines("l.jsonl").compactMap { $0["images"] as? Double }
    #expect(images.count == 4 && images.reduce(0, +) == 6)
    #expect(folder.exists("w.safetensors"))
  }

  @Test func `an empty picture is reported once, by one rule`() throws {
    let folder = try TinySet().workspace()
    try folder.write([UInt8](), to: "d/p1.png")
    let ending = try Engine.run("\(Self.train) --steps 1", in: folder)
    #expect(ending.status == 1)
    let lines = ending.messages.split(separator: "\n").filter { $0.contains("p1.png") }
    #expect(lines.count == 1, "\(ending.messages)")
  }

  @Test
  func `a smoke training chooses another picture for one that is cut, and ends with 1`() throws {
    var set = TinySet()
    set.more = ",\n" + TinySet.annotation(id: 30, image: 7, box: "[40, 4, 20, 16]")
    let folder = try set.workspace()
    let whole = try folder.bytes("d/p0.png")
    try folder.write(Array(whole.prefix(whole.count / 2)), to: "d/p0.png")
    let ending = try Engine.run(
      "train d --smoke --config model.yaml --smoke-images 1 --steps 1 --min-size 64", in: folder)
    #expect(ending.status == 1, "\(ending.messages)")
    #expect(ending.messages.contains("learning p1.png"))
    #expect(ending.results.contains("1 × truncated-image"))
  }

  /// Sets of which a detector can learn nothing, and what is said of them.
  private static let nothings: [(boxes: [String], crowd: Bool, words: String)] = [
    (["[9, 9, 0, 5]"], false, "none of which a model can learn"),
    (["[0.25, 0.25, 0.5, 0.5]"], false, "boxes that all lie between 0 and 1: they look normalised"),
    (["[4, 4, 20, 16]"], true, "found only crowd regions, 4 of them"),
    ([], false, "found no annotation that can be used on any image"),
  ]

  @Test(
    arguments: nothings, ["", "--smoke"])
  func `nothing to learn ends with 2 before a model is made`(
    set: (boxes: [String], crowd: Bool, words: String), smoke: String
  ) throws {
    var tiny = TinySet()
    tiny.boxes = set.boxes
    let folder = try tiny.workspace()
    if set.crowd {
      let text = try folder.text("d/instances.json")
      try folder.write(
        text.replacing(#""iscrowd": 0"#, with: #""iscrowd": 1"#), to: "d/instances.json")
    }
    let ending = try Engine.run(
      "train d --config model.yaml --min-size 64 --save w.safetensors \(smoke)", in: folder)
    #expect(ending.status == 2, "\(ending.messages)")
    #expect(ending.messages.contains("error: d: expected objects to learn"), "\(ending.messages)")
    #expect(ending.messages.contains(set.words), "\(ending.messages)")
    #expect(try folder.names() == ["d", "model.yaml"])
  }

  @Test
  func `two trainings to one file are not let run, and the lock goes with the first`() throws {
    let folder = try TinySet().workspace()
    let line = "\(Self.train) --epochs 10000 --save w.safetensors --log l.jsonl"
    let child = try Child(Engine.path, line.split(separator: " ").map(String.init), in: folder)
    var waits = 0
    while !folder.exists("l.jsonl"), waits < 6000 {
      usleep(10_000)
      waits += 1
    }
    let second = try Engine.run("\(Self.train) --steps 1 --force --save w.safetensors", in: folder)
    #expect(second.status == 2)
    #expect(second.messages.contains("w.safetensors: process "), "\(second.messages)")
    #expect(second.messages.contains(" is writing it"))
    child.send(SIGINT)
    #expect(try child.wait().signal == SIGINT)
    #expect(!folder.exists("w.safetensors.lock"))
    let third = try Engine.run("\(Self.train) --steps 1 --force --save w.safetensors", in: folder)
    #expect(third.status == 0, "\(third.messages)")
  }

  @Test
  func `a disk that takes no checkpoint leaves the old one, and the message says so`() throws {
    let folder = try TinySet().workspace()
    let line = "\(Self.train) --save w.safetensors"
    #expect(try Engine.run("\(line) --steps 1", in: folder).status == 0)
    let (checkpoint, weights) = (
      try folder.bytes("w.safetensors.checkpoint"), try folder.bytes("w.safetensors")
    )
    let limited = "ulimit -f 1000; exec '\(Engine.path)' \(line) --resume --steps 3"
    let ending = try Child("/bin/bash", ["-c", limited], in: folder).wait()
    #expect(ending.status == 2, "\(ending.messages)")
    #expect(ending.messages.contains("no checkpoint was written: w.safetensors.checkpoint"))
    #expect(ending.messages.contains("error: w.safetensors: cannot write: "))
    #expect(try folder.bytes("w.safetensors.checkpoint") == checkpoint)
    #expect(try folder.bytes("w.safetensors") == weights)
    #expect(try folder.names() == ["d", "model.yaml", "w.safetensors", "w.safetensors.checkpoint"])
  }

  @Test func `memory that is not there ends it with 2 and says what takes less`() throws {
    let folder = try TinySet().workspace()
    let limited = """
      ulimit -v 4000000; exec '\(Engine.path)' train d --config model.yaml --min-size 12000 --steps 1
      """
    let ending = try Child("/bin/bash", ["-c", limited], in: folder).wait()
    #expect(ending.status == 2, "\(ending.messages)")
    #expect(ending.messages.contains("a smaller --batch-size or --min-size needs less"))
  }

  @Test(
    arguments: [
      ("train d --steps 1 --save absent/w.safetensors", "absent/w.safetensors: cannot write"),
      ("train d --steps 1 --plot absent/p.svg", "absent/p.svg: cannot write"),
      ("train d --steps 1 --patience 2", "--patience requires AP on a validation split"),
      ("train d --save w.safetensors --resume", "w.safetensors.checkpoint: expected a checkpoint"),
      ("train d --smoke --resume", "--smoke takes neither --resume nor --patience"),
      ("train d --smoke --schedule cosine", "--smoke trains in its own way"),
      ("train d --steps 1 --batch-size 0", "--batch-size"),
      ("train d --milestones 4,x", "--milestones"),
      ("train d --schedule cosine --milestones 4", "--milestones belongs to --schedule step"),
      (
        "train d --steps 1 --augmentation copypaste",
        "requires masks, which fasterrcnn_resnet50_fpn"
      ),
      ("train d --val e --steps 1", "e: expected images, there is none"),
      ("train d --val g --steps 1", "are trained, \"cat\", \"dog\", found \"bird\""),
      ("train e --steps 1", "e: expected images, there is none"),
      ("train f --steps 1", "f: expected images, none of 1 can be used"),
    ])
  func `what cannot be trained is refused before it begins`(line: String, words: String) throws {
    let folder = try TinySet().workspace()
    try folder.write(
      #"{"images": [], "categories": [{"id": 3, "name": "cat"}], "annotations": []}"#,
      to: "e/instances.json")
    try folder.write(
      """
      {"images": [{"id": 1, "file_name": "x.png", "width": 4, "height": 4}],
       "categories": [{"id": 3, "name": "bird"}], "annotations": [
      \(TinySet.annotation(id: 1, image: 1, box: "[1, 1, 2, 2]"))]}
      """, to: "g/instances.json")
    try folder.write("no picture", to: "f/x.png")
    try folder.write(
      """
      {"images": [{"id": 1, "file_name": "x.png", "width": 4, "height": 4}],
       "categories": [{"id": 3, "name": "cat"}], "annotations": []}
      """, to: "f/instances.json")
    let ending = try Engine.run(line, in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(words), "\(ending.messages)")
    #expect(!ending.messages.contains("continues"))
  }

  @Test
  func `a batch takes no more than there is, and the best weights are kept until patience ends`()
    throws
  {
    let folder = try TinySet().workspace()
    try TinySet().add(to: folder, in: "v")
    let ending = try Engine.run(
      "\(Self.train)0 --val v --patience 1 --learning-rate 1e-9 --save w.safetensors --log l.jsonl",
      in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(ending.messages.contains("a batch takes all 4 images"))
    #expect(ending.messages.contains("AP has not risen in 2 evaluations: training stops"))
    #expect(
      ending.messages.contains("wrote w.safetensors: the weights after 1 steps, with the best AP"))
    let events = try folder.lines("l.jsonl").compactMap { $0["event"] as? String }
    #expect(events == ["step", "evaluation", "step", "evaluation", "step", "evaluation", "end"])
  }
}
