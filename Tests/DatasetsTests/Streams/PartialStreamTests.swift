import COCO
import Datasets
import Files
import Formats
import TestSupport
import Testing

/// Partial results of datasets that come window by window, compared with those of the same ones read
/// at once.
struct PartialStreamTests {
  private final class Sink {
    var bytes: [UInt8] = []
  }

  private func bytes(
    _ header: PartialHeader, _ body: (PartialWriter) async throws -> Void
  ) async throws -> [UInt8] {
    let sink = Sink()
    let writer = try PartialWriter(header) { sink.bytes += $0 }
    try await body(writer)
    try writer.finish()
    return sink.bytes
  }

  /// Expects the same bytes for each shard and size of windows.
  private func expectSameBytes(
    of text: String, judgesRecords: Bool, images: [String] = []
  ) async throws {
    let folder = try TemporaryFolder()
    let input = try folder.write(text, to: "set.jsonl")
    for image in images { try folder.write("no image", to: image) }
    var linter = DatasetLinter()
    linter.reader.options.judgesRecords = judgesRecords
    linter.reader.workers = Workers(threads: 2)
    let reader = linter.reader
    for shard in [nil, Shard(number: 1, of: 3), Shard(number: 3, of: 3)] {
      linter.survey.shard = shard
      let imported = try await reader.read(input)
      let pictures = judgesRecords ? [] : try await linter.survey.pictures(of: imported)
      let whole = PartialImport(imported, shard: shard, pictures: pictures)
      let header = whole.header(verb: "stats", parameters: [:])
      let expected = try await bytes(header) { try whole.write(to: $0) }
      for window in [300, 5000] {
        linter.reader.options.windowSize = window
        let stream = try #require(try await linter.reader.stream([input]))
        let seen = judgesRecords ? nil : try await linter.survey.pictures(of: stream) ?? []
        let part = try await PartialStream(stream, shard: shard, pictures: seen)
        #expect(part.header(verb: "stats", parameters: [:]) == header)
        #expect(try await bytes(header) { try await part.write(to: $0) } == expected)
      }
    }
  }

  @Test(arguments: 0..<4, [false, true])
  func `windows give the bytes of the whole file`(seed: Int, judgesRecords: Bool) async throws {
    try await expectSameBytes(
      of: OddLines.text(seed: UInt64(seed), numbersIDs: seed % 3 != 0),
      judgesRecords: judgesRecords, images: seed % 2 == 0 ? [] : ["7.jpg", "8.jpg"])
  }

  @Test func `annotations of images that do not exist come last`() async throws {
    let lines = (1...30).map { image in
      let owner = image % 7 == 0 ? 900 + image : image
      return
        #"{"id":\#(image),"file_name":"\#(image).jpg","width":64,"height":48,"annotations":[{"id":\#(image),"image_id":\#(owner),"category_id":2,"bbox":[1,2,9,9]}]}"#
    }
    let text = ([OddLines.head] + lines).joined(separator: "\n")
    try await expectSameBytes(of: text, judgesRecords: false)
  }
}
