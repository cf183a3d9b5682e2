import Foundation
import TestSupport
import Testing

@Suite("How copra train takes its steps", .serialized)
struct TrainOptionTests {
  private static let train = "train d --config model.yaml --min-size 64 --threads 1"

  private func losses(_ folder: TemporaryFolder) throws -> [Double] {
    try folder.lines("l.jsonl").compactMap { $0["loss"] as? Double }
  }

  @Test(
    arguments: ["lsj", "multiscale", "ssd", "ssdlite"])
  func `every augmentation trains to finite losses`(name: String) throws {
    let line =
      "\(Self.train) --augmentation \(name) --accumulate 2 --optimizer adamw --schedule cosine "
      + "--epochs 2 --batch-size 1 --save w.safetensors --log l.jsonl"
    let straight = try TinySet().workspace()
    let ending = try Engine.run(line, in: straight)
    #expect(ending.status == 0, "\(ending.messages)")
    let all = try losses(straight)
    #expect(all.count == 4 && all.allSatisfy(\.isFinite))
    #expect(try straight.lines("l.jsonl")[0]["images"] as? Double == 2)
  }

  @Test func `a training by other steps that is cut amid an epoch reaches the same bits`() throws {
    let line =
      "\(Self.train) --augmentation lsj --accumulate 2 --optimizer adamw --schedule constant "
      + "--batch-size 1 --save w.safetensors"
    let (straight, cut) = (try TinySet().workspace(), try TinySet().workspace())
    _ = try Engine.run("\(line) --steps 3", in: straight)
    _ = try Engine.run("\(line) --steps 1", in: cut)
    let ending = try Engine.run("\(line) --steps 3 --resume", in: cut)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(try cut.bytes("w.safetensors") == straight.bytes("w.safetensors"))
  }

  @Test func `masks are learnt from pictures with pasted objects`() throws {
    var set = TinySet()
    set.boxes = [
      #"[4, 4, 20, 16], "segmentation": [[4, 4, 24, 4, 24, 20, 4, 20]]"#,
      #"[30, 6, 24, 20], "segmentation": [[30, 6, 54, 6, 54, 26, 30, 26]]"#,
    ]
    let folder = try set.workspace()
    try folder.write(TinyDetector.maskRCNN, to: TinyDetector.file)
    let ending = try Engine.run(
      "\(Self.train) --augmentation copypaste --steps 2 --log l.jsonl", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(try losses(folder).allSatisfy(\.isFinite))
  }

  @Test
  func `--precision auto says both times, and reaches the bits of the type that it chooses`() throws
  {
    let (measured, chosen) = (try TinySet().workspace(), try TinySet().workspace())
    let line = "\(Self.train) --steps 2 --save w.safetensors"
    let ending = try Engine.run("\(line) --precision auto", in: measured)
    #expect(ending.status == 0, "\(ending.messages)")
    let words = ending.messages.split(separator: "\n").first { $0.hasPrefix("precision ") } ?? ""
    #expect(words.contains(" s in fp32 and ") && words.hasSuffix(" s in bf16"), "\(words)")
    let type = words.hasPrefix("precision bf16") ? "bf16" : "fp32"
    _ = try Engine.run("\(line) --precision \(type)", in: chosen)
    #expect(try measured.bytes("w.safetensors") == chosen.bytes("w.safetensors"))
  }

  @Test
  func `a step's memory is said first, and --batch-size auto takes what fits, again on resume`()
    throws
  {
    let folder = try TinySet().workspace()
    let line = "\(Self.train) --batch-size auto --save w.safetensors"
    let first = try Engine.run("\(line) --steps 1 --log l.jsonl", in: folder)
    #expect(first.status == 0, "\(first.messages)")
    #expect(first.messages.contains("a step on 4 images of up to 128×64 takes about "))
    #expect(first.messages.contains(" of memory, of which "))
    #expect(try folder.lines("l.jsonl")[0]["images"] as? Double == 4)
    let more = try Engine.run("\(line) --steps 2 --resume", in: folder)
    #expect(more.status == 0, "\(more.messages)")
  }

  @Test
  func `a step that takes more memory than there is, is warned of with a batch that takes less`()
    throws
  {
    var set = TinySet()
    set.pictures = 40
    let folder = try set.workspace()
    let limited = """
      ulimit -v 1500000; exec '\(Engine.path)' \(Self.train) --min-size 600 --batch-size 40 --steps 1
      """
    let ending = try Child("/bin/bash", ["-c", limited], in: folder).wait()
    #expect(ending.messages.contains("warning: a step on 40 images"), "\(ending.messages)")
    #expect(ending.messages.contains(" is available; --batch-size "))
  }
}
