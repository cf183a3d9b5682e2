import Foundation
import ProgramTesting
import Testing

/// A COCO file, and what the programs themselves made of it: see `Fixtures/make_consumers.py`.
struct ConsumerFile: Decodable, Sendable, CustomTestStringConvertible {
  /// The list and key that were changed, empty where it is the file.
  var list: String
  var key: String
  /// What stands there.
  var state: String
  /// The name of the error by program, or "ok".
  var outcomes: [String: String]
  /// A character a byte.
  var file: String

  var testDescription: String { "\(list).\(key): \(state)" }

  static let all: [ConsumerFile] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let fixture = folder.appending(path: "Fixtures/consumers.jsonl")
    let lines = (try? String(contentsOf: fixture, encoding: .utf8)) ?? ""
    return lines.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(ConsumerFile.self, from: Data($0.utf8))
    }
  }()

  /// What `copra validate --for` says of it, and the exit status.
  func validate(for consumer: String) throws -> Copra.Ending {
    let folder = try Workspace()
    try folder.write(file.unicodeScalars.map { UInt8($0.value) }, to: "in.json")
    for number in 1...2 { try folder.write(PictureFile.colour(number), to: "\(number).png") }
    return try Copra.run(["validate", "in.json", "--for", consumer], in: folder)
  }
}

@Suite("What the programs themselves make of a file")
struct ConsumerProgramTests {
  @Test("the fixture is whole")
  func fixture() {
    #expect(ConsumerFile.all.count == 147)
    #expect(ConsumerFile.all.allSatisfy { $0.outcomes.count == 3 })
  }

  @Test(
    "a file that a program cannot load is not said to be taken by it", arguments: ConsumerFile.all)
  func refused(file: ConsumerFile) throws {
    for (consumer, outcome) in file.outcomes where outcome != "ok" {
      let ending = try file.validate(for: consumer)
      #expect(!ending.results.contains("takes all of it"), "\(consumer): \(outcome)")
      // What nothing can read ends before it comes to the consumer.
      guard ending.results.contains("\n\(consumer) (") else {
        #expect(ending.status == 2, "\(consumer): \(ending.messages)")
        continue
      }
      #expect(ending.results.contains("\n  crashes "), "\(consumer): \(outcome)\n\(ending.results)")
    }
  }

  @Test(
    "a file that a program loads is not said to stop it",
    // To Python True is 1, also as an id. The reference that comes with torchvision reads more of
    // annotations than torchvision's own class.
    arguments: ConsumerFile.all.filter { $0.list != "annotations" && $0.state != "true" })
  func taken(file: ConsumerFile) throws {
    for (consumer, outcome) in file.outcomes where outcome == "ok" {
      let ending = try file.validate(for: consumer)
      #expect(!ending.results.contains("\n  crashes "), "\(consumer)\n\(ending.results)")
    }
  }

  @Test(
    "what is annotated and a program takes is not said to stop it",
    arguments: ConsumerFile.all.filter { $0.list == "annotations" })
  func annotations(file: ConsumerFile) throws {
    for consumer in ["pycocotools", "ultralytics"] where file.outcomes[consumer] == "ok" {
      let ending = try file.validate(for: consumer)
      #expect(!ending.results.contains("\n  crashes "), "\(consumer)\n\(ending.results)")
    }
  }

  @Test(
    "a sound file is taken as it is meant by all three",
    arguments: ["pycocotools", "torchvision", "ultralytics"])
  func sound(consumer: String) throws {
    let sound = try #require(ConsumerFile.all.first { $0.state == "sound" })
    let ending = try sound.validate(for: consumer)
    #expect(ending.results.hasSuffix("takes all of it as it is meant\n"), "\(ending.results)")
  }
}
