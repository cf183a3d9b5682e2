import Foundation
import TestSupport
import Testing

@Suite("copra train --resume", .serialized)
struct ResumeTests {
  /// Two steps an epoch, twelve in all, with mirrored pictures and two threads.
  private static let train =
    "train d --config model.yaml --steps 12 --min-size 64 --threads 2"

  /// Starts a training and waits until its log has some steps.
  private func start(
    _ line: String, in folder: TemporaryFolder, until steps: Int
  ) throws -> Child {
    let child = try Child(
      Engine.path, line.split(separator: " ").map(String.init), in: folder)
    var waits = 0
    while try self.steps(in: folder) < steps, waits < 6000 {
      usleep(10_000)
      waits += 1
    }
    return child
  }

  private func steps(in folder: TemporaryFolder) throws -> Int {
    guard folder.exists("l.jsonl") else { return 0 }
    return try folder.text("l.jsonl").split(separator: "\n").count { $0.contains(#""step","#) }
  }

  /// The numbers of the steps and their losses, as the log has them.
  private func losses(_ folder: TemporaryFolder) throws -> [[Double]] {
    try folder.lines("l.jsonl").filter { $0["event"] as? String == "step" }.map {
      [$0["steps"] as? Double ?? -1, $0["loss"] as? Double ?? -1]
    }
  }

  @Test
  func `cut by Ctrl-C and by kill -9, a training reaches the bits of one that was not cut`() throws
  {
    let straight = try TinySet().workspace()
    let line = "\(Self.train) --save w.safetensors --log l.jsonl"
    let ending = try Engine.run(line, in: straight)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(try losses(straight).map(\.[0]) == (1...12).map(Double.init))

    let cut = try TinySet().workspace()
    let first = try start(line, in: cut, until: 1)
    first.send(SIGINT)
    let interrupted = try first.wait()
    #expect(interrupted.signal == SIGINT)
    #expect(interrupted.messages.contains("the training stops after this step"))
    #expect(interrupted.messages.contains("w.safetensors.checkpoint contains them"))
    #expect(interrupted.messages.contains("--resume"))
    #expect(try cut.names() == ["d", "l.jsonl", "model.yaml", "w.safetensors.checkpoint"])
    let reached = try steps(in: cut)

    let second = try start("\(line) --resume", in: cut, until: reached + 2)
    second.send(SIGKILL)
    #expect(try second.wait().signal == SIGKILL)
    #expect(try !cut.names().contains { $0.hasSuffix(".part") })
    let last = try Engine.run("\(line) --resume --plot p.svg", in: cut)
    #expect(last.status == 0, "\(last.messages)")
    #expect(try cut.bytes("w.safetensors") == straight.bytes("w.safetensors"))
    #expect(try losses(cut) == losses(straight))
    #expect(cut.exists("p.svg"))
  }

  @Test func `--steps ends amid an epoch, and a later run goes on there`() throws {
    let folder = try TinySet().workspace()
    let line = "train d --config model.yaml --min-size 64 --save w.safetensors"
    #expect(try Engine.run("\(line) --steps 1", in: folder).status == 0)
    let again = try Engine.run("\(line) --steps 1", in: folder)
    #expect(again.status == 2)
    #expect(again.messages.contains("--resume continues from it, --force replaces it"))
    let more = try Engine.run("\(line) --steps 2 --log l.jsonl --resume", in: folder)
    #expect(more.status == 0)
    #expect(more.messages.contains("continues after 0 epochs and 1 steps"))
    #expect(try losses(folder).map(\.[0]) == [2])
  }

  @Test func `a training with other settings than the checkpoint's is refused`() throws {
    let folder = try TinySet().workspace()
    let line = "train d --config model.yaml --steps 1 --save w.safetensors"
    _ = try Engine.run("\(line) --min-size 64", in: folder)
    for (options, words) in [
      (
        "--min-size 96",
        "expected a training with --min-size 96, as requested, found one with 64"
      ),
      ("--min-size 64 --batch-size 3", "--batch-size 3, as requested, found one with 2"),
      ("--min-size 64 --seed 5", "--seed 5, as requested, found one with 0"),
      ("--min-size 64 --optimizer adamw", "--optimizer adamw, as requested, found one with sgd"),
      ("--min-size 64 --accumulate 2", "--accumulate 2, as requested, found one with 1"),
      (
        "--min-size 64 --schedule cosine", "--schedule cosine, as requested, found one with step"
      ),
      ("--min-size 64 --milestones 3", "--milestones 3, as requested, found one with 16,22"),
      (
        "--min-size 64 --augmentation lsj",
        "--augmentation lsj, as requested, found one with hflip"
      ),
      ("--min-size 64 --precision bf16", "--precision bf16, as requested, found one with fp32"),
      (
        "--min-size 64 --weight-decay 0.1",
        "--weight-decay 0.1, as requested, found one with 0.0001"
      ),
    ] {
      let ending = try Engine.run("\(line) \(options) --resume", in: folder)
      #expect(ending.status == 2)
      #expect(ending.messages.contains(words), "\(ending.messages)")
    }
  }

  @Test func `a second Ctrl-C ends at once, and the old checkpoint stays whole`() throws {
    let folder = try TinySet().workspace()
    let line = "train d --config model.yaml --min-size 64 --save w.safetensors"
    _ = try Engine.run("\(line) --steps 1", in: folder)
    let old = try folder.bytes("w.safetensors.checkpoint")
    let child = try start("\(line) --log l.jsonl --resume", in: folder, until: 1)
    for _ in 0..<2 {
      child.send(SIGTERM)
      usleep(1000)
    }
    #expect(try child.wait().signal == SIGTERM)
    #expect(
      try folder.names() == [
        "d", "l.jsonl", "model.yaml", "w.safetensors", "w.safetensors.checkpoint",
      ])
    #expect(try folder.bytes("w.safetensors.checkpoint").count == old.count)
  }

  @Test
  func `without --save it is said that nothing is kept, and the log and the curves are written`()
    throws
  {
    let folder = try TinySet().workspace()
    let child = try start("\(Self.train)0 --log l.jsonl --plot p.svg", in: folder, until: 1)
    child.send(SIGINT)
    let ending = try child.wait()
    #expect(ending.signal == SIGINT)
    #expect(ending.messages.contains("nothing of them is kept, because --save was not given"))
    #expect(try folder.text("l.jsonl").contains(#""event":"stopped""#))
    #expect(folder.exists("p.svg"))
  }

  @Test func `a smoke training that is interrupted tells what it has seen`() throws {
    var set = TinySet()
    set.more = ",\n" + TinySet.annotation(id: 99, image: 7, category: 8, box: "[50, 4, 20, 16]")
    let folder = try set.workspace()
    let line = "train d --smoke --config model.yaml --min-size 64 --log l.jsonl --plot p.svg"
    let child = try start(line, in: folder, until: 1)
    child.send(SIGINT)
    let ending = try child.wait()
    #expect(ending.signal == SIGINT)
    #expect(ending.results.hasPrefix("undecided: AP50 "))
    #expect(try folder.text("l.jsonl").contains(#""event":"verdict""#))
    #expect(folder.exists("p.svg"))
  }
}
