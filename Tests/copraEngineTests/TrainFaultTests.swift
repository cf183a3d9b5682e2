import Foundation
import ProgramTesting
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

  @Test("faulty boxes are reported by their places and left out; the others train; it ends with 1")
  func faultyBoxes() throws {
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

  @Test("a picture that is cut while training ends it with 1, its place and a checkpoint")
  func vanishing() throws {
    let folder = try TinySet().workspace()
    let whole = try folder.bytes("d/p2.png")
    try folder.write(Array(whole.prefix(whole.count / 2)), to: "d/p2.png")
    let line = "\(Self.train) --epochs 1 --save w.safetensors --log l.jsonl"
    let ending = try Engine.run(line, in: folder)
    #expect(ending.status == 1, "\(ending.messages)")
    #expect(ending.messages.contains("[truncated-image]"))
    #expect(ending.messages.contains("d/instances.json:"))
    #expect(ending.messages.contains("d/p2.png"))
    #expect(folder.exists("w.safetensors.checkpoint"))
    try folder.write(Array(whole), to: "d/p2.png")
    let mended = try Engine.run("\(line) --resume", in: folder)
    #expect(mended.status == 0, "\(mended.messages)")
    #expect(try folder.lines("l.jsonl").compactMap { $0["loss"] as? Double }.count == 2)
  }

  @Test("a disk that takes no checkpoint leaves the old one, and the message says so")
  func fullDisk() throws {
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

  @Test("memory that is not there ends it with 2 and says what takes less")
  func memory() throws {
    let folder = try TinySet().workspace()
    let limited = """
      ulimit -v 4000000; exec '\(Engine.path)' train d --config model.yaml --min-size 12000 --steps 1
      """
    let ending = try Child("/bin/bash", ["-c", limited], in: folder).wait()
    #expect(ending.status == 2, "\(ending.messages)")
    #expect(ending.messages.contains("a smaller --batch-size or --min-size takes less"))
  }

  @Test(
    "what cannot be trained is refused before it begins",
    arguments: [
      ("train d --steps 1 --save absent/w.safetensors", "absent/w.safetensors: cannot write"),
      ("train d --steps 1 --plot absent/p.svg", "absent/p.svg: cannot write"),
      ("train d --steps 1 --patience 2", "--patience goes by AP on a validation split"),
      ("train d --save w.safetensors --resume", "w.safetensors.checkpoint: expected a checkpoint"),
      ("train d --smoke --resume", "--smoke goes with neither --resume nor --patience"),
      ("train d --val e --steps 1", "e: expected pictures, there is none"),
      ("train d --val g --steps 1", "are trained, \"cat\", \"dog\", found \"bird\""),
      ("train e --steps 1", "e: expected pictures, there is none"),
      ("train f --steps 1", "f: expected pictures, none of 1 can be used"),
    ])
  func refuses(line: String, words: String) throws {
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
    #expect(!ending.messages.contains("goes on"))
  }

  @Test("a batch takes no more than there is, and the best weights are kept until patience ends")
  func patience() throws {
    let folder = try TinySet().workspace()
    try TinySet().add(to: folder, in: "v")
    let ending = try Engine.run(
      "\(Self.train)0 --val v --patience 1 --learning-rate 1e-9 --save w.safetensors --log l.jsonl",
      in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(ending.messages.contains("a batch takes all 4 pictures"))
    #expect(ending.messages.contains("AP has not risen in 2 evaluations: training ends"))
    #expect(ending.messages.contains("wrote w.safetensors: those after 1 steps, of the best AP"))
    let events = try folder.lines("l.jsonl").compactMap { $0["event"] as? String }
    #expect(events == ["step", "evaluation", "step", "evaluation", "step", "evaluation", "end"])
  }
}
