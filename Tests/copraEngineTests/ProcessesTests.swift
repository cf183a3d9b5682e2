import Foundation
import TestSupport
import Testing

@Suite("copra train in several processes", .serialized)
struct ProcessesTests {
  private static let train =
    "train d --val d --min-size 64 --threads 1 --seed 5 --learning-rate 0.0005 --config model.yaml"

  /// Starts so many processes, as torchrun does.
  private func start(
    _ line: String, _ count: Int, in folder: TemporaryFolder, port: Int
  ) throws -> [Child] {
    try (0..<count).map { rank in
      try Child(
        Engine.path, line.split(separator: " ").map(String.init), in: folder,
        environment: [
          "RANK": "\(rank)", "WORLD_SIZE": "\(count)", "LOCAL_RANK": "\(rank)",
          "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)",
        ])
    }
  }

  /// The numbers of an event in a log.
  private func numbers(_ name: String, of event: String, in log: String, _ folder: TemporaryFolder)
    throws
    -> [Double]
  {
    try folder.lines(log).filter { $0["event"] as? String == event }.map {
      $0[name] as? Double ?? .nan
    }
  }

  @Test
  func `two processes learn what one does with batches of twice the size, and resume to the bit`()
    throws
  {
    let folder = try TinySet(pictures: 6).workspace()
    let one = try Engine.run("\(Self.train) --batch-size 4 --epochs 3 --log 1.jsonl", in: folder)
    #expect(one.status == 0, "\(one.messages)")
    let port = Int.random(in: 20000..<30000)
    let line = "\(Self.train) --batch-size 2 --save w.safetensors --log 2.jsonl"
    for (index, rest) in ["--epochs 1", "--epochs 3 --resume"].enumerated() {
      for child in try start("\(line) \(rest)", 2, in: folder, port: port + index) {
        let ending = try child.wait()
        #expect(ending.status == 0, "\(ending.messages)")
      }
    }
    let straight = "\(Self.train) --batch-size 2 --save s.safetensors --epochs 3"
    for child in try start(straight, 2, in: folder, port: port + 2) {
      #expect(try child.wait().status == 0)
    }
    #expect(try folder.bytes("w.safetensors") == folder.bytes("s.safetensors"))
    let losses = try ["1.jsonl", "2.jsonl"].map {
      try numbers("loss", of: "step", in: $0, folder)
    }
    #expect(losses[0].count == 6)
    #expect(losses[0].count == losses[1].count)
    for (one, two) in zip(losses[0], losses[1]) { #expect(abs(one - two) < 1e-4) }
    #expect(
      try numbers("images", of: "step", in: "2.jsonl", folder) == Array(repeating: 4, count: 6))
    #expect(try numbers("AP", of: "evaluation", in: "2.jsonl", folder).count == 3)
  }

  @Test
  func `only the first process speaks, and Ctrl-C at any ends all with a checkpoint`() throws {
    let folder = try TinySet().workspace()
    let children = try start(
      "\(Self.train) --epochs 500 --save w.safetensors --log l.jsonl", 2, in: folder,
      port: Int.random(in: 30000..<32000))
    var waits = 0
    while try (folder.exists("l.jsonl") ? folder.text("l.jsonl") : "").isEmpty, waits < 6000 {
      usleep(10_000)
      waits += 1
    }
    children[1].send(SIGINT)
    let (first, second) = (try children[0].wait(), try children[1].wait())
    #expect(first.status == 2)
    #expect(first.messages.contains("w.safetensors.checkpoint contains them"))
    #expect(first.messages.contains("error: another process was asked to stop"))
    #expect(second.signal == SIGINT)
    #expect(!second.messages.contains("contains them"))
  }

  @Test func `a smoke training is one of one process`() throws {
    let folder = try TinySet().workspace()
    for child in try start("train d --smoke", 2, in: folder, port: 1) {
      let ending = try child.wait()
      #expect(ending.status == 2)
      #expect(ending.messages.contains("--smoke trains in one process, and 2 were started"))
    }
  }
}
