import Foundation
import TestSupport
import Testing

@testable import COCO

@Suite("Damaged COCO files")
struct DamagedFileTests {
  static let text = #"""
    {"info": {"a": "é"}, "images": [{"id": 1, "file_name": "a.jpg", "width": 10, "height": 20},
     {"id": 2, "file_name": "b},{.jpg", "width": 1, "height": 2, "x": [{"y": 1},{"y": 2}]}],
    "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3.5, 4], "iscrowd": 0},
    {"id": 2, "image_id": 2, "category_id": 1, "segmentation": [[1, 2, 3, 4, 5, 6]], "s": "},{"},
    {"id": 3, "image_id": 2, "segmentation": {"size": [2, 3], "counts": [1, 2, 3]}, "area": 1e2}
    ], "categories": [{"id": 1, "name": "crab"}, {"id": 2, "name": "boat"}], "extra": null}
    """#

  @Test(
    arguments: [1, 2])
  func `a file cut at any byte says so and gives every whole record before the cut`(threads: Int)
    async throws
  {
    let folder = try TemporaryFolder()
    let bytes = Array(Self.text.utf8)
    let whole = try await folder.read(bytes).dataset
    let ends = try recordEnds(bytes)
    for cut in 0..<bytes.count {
      for sizes in [JSONReadSizes(), JSONReadSizes(stripe: 40, piece: 16)] {
        let contents = try await folder.read(bytes[..<cut], sizes: sizes, threads: threads)
        let dataset = contents.dataset
        #expect(!contents.faults.isEmpty, "cut at \(cut)")
        let expected = ends.map { $0.prefix { $0 <= cut }.count }
        let found = [dataset.images.count, dataset.annotations.count, dataset.categories.count]
        #expect(found == expected, "cut at \(cut)")
        #expect(dataset.images == Array(whole.images.prefix(expected[0])), "cut at \(cut)")
        #expect(
          dataset.annotations == Array(whole.annotations.prefix(expected[1])), "cut at \(cut)")
        #expect(dataset.categories == Array(whole.categories.prefix(expected[2])), "cut at \(cut)")
      }
    }
  }

  /// The offsets behind each record of the three lists.
  private func recordEnds(_ bytes: [UInt8]) throws -> [[Int]] {
    try ["\"images\"", "\"annotations\"", "\"categories\""].map { key in
      let text = String(decoding: bytes, as: UTF8.self)
      let start = try #require(text.range(of: key)).upperBound
      var position = text.utf8.distance(from: text.startIndex, to: start)
      position = try #require(bytes[position...].firstIndex(of: UInt8(ascii: "["))) + 1
      var ends: [Int] = []
      try bytes.withUnsafeBufferPointer { buffer in
        while case .found(let end) = JSONScanner.valueEnd(in: buffer, from: position) {
          ends.append(end)
          position = try #require(
            buffer[end...].firstIndex { !JSONScanner.isBlank($0) && $0 != UInt8(ascii: ",") })
          if buffer[position] == UInt8(ascii: "]") { break }
        }
      }
      return ends
    }
  }

  @Test func `trailing blanks may be cut without a word`() async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read((Self.text + " \n\n").utf8)
    #expect(contents.faults.isEmpty)
  }

  @Test(arguments: 0..<8)
  func `what no JSON parser takes is never taken without a word`(seed: Int) async throws {
    let folder = try TemporaryFolder()
    var numbers = SeededNumbers(seed: UInt64(seed))
    let alphabet = Array("{}[],:\"\\ 01.-eEnaNtrufls\u{1}é/x\n".utf8)
    for _ in 0..<600 {
      var bytes = Array(Self.text.utf8)
      for _ in 0..<Int.random(in: 1...2, using: &numbers) {
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        let byte = alphabet.randomElement(using: &numbers) ?? 0
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        default: bytes.remove(at: place)
        }
      }
      let contents = try await folder.read(bytes)
      let small = try await folder.read(bytes, sizes: JSONReadSizes(stripe: 50, piece: 20))
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(small.dataset == contents.dataset, "\(text)")
      #expect(small.findings == contents.findings, "\(text)")
      #expect(small.rejections == contents.rejections, "\(text)")
      let met =
        contents.dataset.annotations.count + contents.rejections.count { $0.kind == .annotation }
      #expect(contents.met.annotations == met, "\(text)")
      let isClean =
        contents.faults.isEmpty
        && contents.dataset.annotations.allSatisfy { $0.box?.isFinite ?? true }
        && contents.annotationRepairs.isEmpty && contents.imageRepairs.isEmpty
      if isClean {
        #expect((try? JSONSerialization.jsonObject(with: Data(bytes))) != nil, "\(text)")
      }
    }
  }
}
