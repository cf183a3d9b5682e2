import COCO
import Datasets
import Files
import Formats
import Foundation
import TestSupport
import Testing

/// Datasets that are converted window by window, compared with the same ones converted at once.
struct DatasetStreamTests {
  /// The result of a conversion, as far as a user sees it.
  private struct Outcome {
    var file: String
    var rejected: String
    var findings: [String]
    var read: RecordCounts
    var changes: [String: RecordCounts]
    var kept: KeptRecords
    var notes: [String]

    /// Returns the first difference from another outcome; nil if there is none.
    func difference(from other: Outcome) -> String? {
      func first(_ own: [String], _ others: [String]) -> String? {
        zip(own + [""], others + [""]).first { $0 != $1 }.map { "\($0) | \($1)" }
          ?? (own.count == others.count ? nil : "\(own.count) | \(others.count)")
      }
      func lines(_ text: String) -> [String] { text.components(separatedBy: "\n") }
      let changes = [self.changes, other.changes].map { $0.map { "\($0) \($1)" }.sorted() }
      return first(findings, other.findings) ?? first(lines(rejected), lines(other.rejected))
        ?? first(changes[0], changes[1]) ?? first(
          ["\(read) \(kept)"], ["\(other.read) \(other.kept)"])
        ?? first(notes, other.notes) ?? first(lines(file), lines(other.file))
    }
  }

  private func reader(_ change: (inout DatasetReader) -> Void) -> DatasetReader {
    var reader = DatasetReader()
    reader.workers = Workers(threads: 2)
    change(&reader)
    return reader
  }

  private func writer(_ path: String) -> DatasetWriter {
    var writer = DatasetWriter()
    writer.format = path.hasSuffix(".json") ? .coco : .lines
    writer.workers = Workers(threads: 2)
    writer.replaces = true
    return writer
  }

  private func outcome(
    at path: String, _ imported: Imported, _ kept: KeptRecords
  ) throws -> Outcome {
    let rejected = path + ".rejected.jsonl"
    return Outcome(
      file: try text(path), rejected: FileStatus(rejected) == nil ? "" : try text(rejected),
      findings: imported.allFindings.map { "\($0.origin?.offset ?? -1) \($0.rule) \($0.message)" },
      read: imported.read, changes: imported.changes, kept: kept, notes: imported.notes)
  }

  private func text(_ path: String) throws -> String {
    let file = try InputFile(path)
    return String(decoding: try file.bytes(at: 0, count: file.size), as: UTF8.self)
  }

  /// Returns the results of converting `text` at once and in windows of this size; the latter is nil
  /// where it has to be read at once.
  private func outcomes(
    of text: String, as name: String, window: Int, shard: Shard? = nil,
    _ change: (inout DatasetReader) -> Void = { _ in }
  ) async throws -> (whole: Outcome, streamed: Outcome?) {
    let folder = try TemporaryFolder()
    let input = try folder.write(text, to: "set.jsonl")
    let path = folder.path(name)
    var reader = reader(change)
    let imported = try await reader.read(input)
    let set = try await writer(path).write(imported, to: path)
    var kept = KeptRecords()
    for dataset in set.imported.datasets { kept.add(dataset) }
    let whole = try outcome(at: path, set.imported, kept)
    reader.options.windowSize = window
    guard let stream = try await reader.stream([input], shard: shard) else { return (whole, nil) }
    let written = try await writer(path).write(stream, to: path) { _ in true }
    return (whole, try written.map { try outcome(at: path, $0.imported, $0.kept) })
  }

  @Test(arguments: 0..<12)
  func `windows say what the whole file says`(seed: Int) async throws {
    let text = OddLines.text(seed: UInt64(seed), numbersIDs: seed % 3 != 0)
    for name in ["out.jsonl", "out.json"] {
      for window in [400, 3000, 1 << 20] {
        let (whole, streamed) = try await outcomes(of: text, as: name, window: window) { reader in
          if seed % 4 == 1 { reader.categories.renames = ["eel": "fish", "ray": "fish"] }
          if seed % 4 == 2 { reader.categories.names = ["ray", "crab"] }
          if seed % 4 == 3 { reader.options.appliesSafeFixes = true }
        }
        let found = try #require(streamed)
        #expect(found.difference(from: whole) == nil, "\(name), \(window)")
      }
    }
  }

  @Test(
    arguments: [
      // Repeated ids.
      [#"{"id":1,"file_name":"a.jpg","annotations":[]}"#, #"{"id":1,"file_name":"b.jpg"}"#],
      [
        #"{"id":1,"file_name":"a.jpg","annotations":[{"id":5,"category_id":2,"bbox":[1,1,2,2]}]}"#,
        #"{"id":2,"file_name":"b.jpg","annotations":[{"id":5,"category_id":2,"bbox":[1,1,2,2]}]}"#,
      ],
      // Another line's image.
      [
        #"{"id":1,"file_name":"a.jpg","annotations":[{"id":5,"image_id":2,"category_id":2,"bbox":[1,1,2,2]}]}"#,
        #"{"id":2,"file_name":"b.jpg"}"#,
      ],
      // Ids that are words.
      [#"{"id":"one","file_name":"a.jpg","annotations":[]}"#],
      // An image that stands in two folders with the same boxes.
      [
        #"{"id":1,"file_name":"x/a.jpg","annotations":[{"id":5,"category_id":2,"bbox":[1,1,2,2]}]}"#,
        #"{"id":2,"file_name":"y/a.jpg","annotations":[{"id":6,"category_id":2,"bbox":[1,1,2,2]}]}"#,
      ],
    ])
  func `what windows cannot tell is read at once`(lines: [String]) async throws {
    let text = ([OddLines.head] + lines).joined(separator: "\n")
    let (_, streamed) = try await outcomes(of: text, as: "out.jsonl", window: 64)
    #expect(streamed?.file == nil)
  }

  @Test func `images of the same name in two folders are told apart by their boxes`() async throws {
    let text = [
      OddLines.head,
      #"{"id":1,"file_name":"x/a.jpg","width":9,"height":9,"annotations":[{"id":5,"category_id":2,"bbox":[1,1,2,2]}]}"#,
      #"{"id":2,"file_name":"y/a.jpg","width":9,"height":9,"annotations":[{"id":6,"category_id":2,"bbox":[1,1,2,3]}]}"#,
      #"{"id":3,"file_name":"x/b.jpg","width":9,"height":9,"annotations":[]}"#,
      #"{"id":4,"file_name":"y/b.jpg","width":9,"height":9,"annotations":[]}"#,
    ].joined(separator: "\n")
    let (whole, streamed) = try await outcomes(of: text, as: "out.json", window: 64)
    #expect(streamed?.difference(from: whole) == .some(nil))
    #expect(whole.kept.all.images == 4)
  }

  @Test func `boxes of another convention are reported as for the whole`() async throws {
    let images = (1...80).map { image in
      let first = image * 3
      let boxes = (0..<3).map { n in
        let (x, y) = (n * 20, 5 + n)
        return #"{"id":\#(first + n),"category_id":2,"bbox":[\#(x),\#(y),\#(x + 24),\#(y + 30)]}"#
      }
      return
        #"{"id":\#(image),"file_name":"\#(image).jpg","width":64,"height":48,"annotations":[\#(boxes.joined(separator: ","))]}"#
    }
    let text = ([OddLines.head] + images).joined(separator: "\n")
    let (whole, streamed) = try await outcomes(of: text, as: "out.jsonl", window: 900)
    #expect(whole.findings.contains { $0.contains("box-convention") })
    #expect(streamed?.difference(from: whole) == .some(nil))
  }

  @Test func `shards are divided by image, and each counts its own records`() async throws {
    let text = OddLines.text(seed: 3)
    let (whole, _) = try await outcomes(of: text, as: "out.jsonl", window: 700)
    var read = RecordCounts()
    var findings: [String] = []
    for number in 1...3 {
      let shard = Shard(number: number, of: 3)
      let part = try #require(
        try await outcomes(of: text, as: "out.jsonl", window: 700, shard: shard).streamed)
      read += part.read
      findings += part.findings
      #expect(part.read.images < whole.read.images)
    }
    #expect(read == whole.read)
    #expect(
      findings.filter { !$0.contains("category-zero") }.sorted()
        == whole.findings.filter { !$0.contains("category-zero") }.sorted())
  }
}
