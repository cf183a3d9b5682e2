import Datasets
import Files
import Foundation
import Linting
import TestSupport
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

  /// A PNG of 64 × 48 pixels, as the files say.
  private static let picture = Array(
    Data(
      base64Encoded: """
        iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwAQAAAACJMEGyAAAA\
        EUlEQVR42mMIhQKGUcZQYAAAm/V/gZX6L+8AAAAASUVORK5CYII=
        """) ?? Data())

  /// What is said to happen to the file in each program; nil where nothing of it can be read.
  func consequences() async throws -> [String: Set<Effect.Consequence>]? {
    var found: [String: Set<Effect.Consequence>] = [:]
    let folder = try TemporaryFolder()
    let path = try folder.write(file.unicodeScalars.map { UInt8($0.value) }, to: "in.json")
    for name in ["1.png", "2.png"] { try folder.write(Self.picture, to: name) }
    guard let linted = try? await DatasetLinter().lint(path), !linted.subject.datasets.isEmpty
    else { return nil }
    for program in outcomes.keys {
      let profile = try #require(Profiles.profile(named: program))
      found[program] = Set(
        try linted.imported.loading(by: profile).map(\.effect.consequence)
          + profile.concerns(in: linted.subject).map(\.0.consequence))
    }
    return found.isEmpty ? nil : found
  }
}

@Suite("What the programs themselves make of a file")
struct ConsumerProgramTests {
  @Test func `the fixture is whole`() {
    #expect(ConsumerFile.all.count == 147)
    #expect(ConsumerFile.all.allSatisfy { $0.outcomes.count == 3 })
  }

  @Test(
    arguments: ConsumerFile.all)
  func `a file stops those programs that it is said to stop, and no other`(file: ConsumerFile)
    async throws
  {
    let consequences = try await file.consequences()
    for (program, outcome) in file.outcomes {
      guard let found = consequences?[program] else {
        #expect(outcome != "ok", "\(program)")
        continue
      }
      if outcome != "ok" {
        #expect(found.contains(.crashes), "\(program): \(outcome)")
      } else if Self.isExact(program, file) {
        #expect(!found.contains(.crashes), "\(program)")
      }
    }
  }

  /// Whether a program that is said to stop must. To Python True is 1, also as an id; and the
  /// reference that comes with torchvision reads more of annotations than torchvision's own class.
  private static func isExact(_ program: String, _ file: ConsumerFile) -> Bool {
    file.list == "annotations" ? program != "torchvision" : file.state != "true"
  }

  @Test func `a sound file is taken as it is meant by all three`() async throws {
    let sound = try #require(ConsumerFile.all.first { $0.state == "sound" })
    let found = try #require(try await sound.consequences())
    #expect(found.count == 3)
    #expect(found.values.allSatisfy { $0.isEmpty })
  }
}
