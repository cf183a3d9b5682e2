import Files
import TestSupport
import Testing

@testable import COCO

@Suite("JSON read in pieces")
struct JSONPieceTests {
  /// Guesses at where records begin are wrong here, inside of nested values and of strings.
  static func text(records: Int) -> String {
    let traps = [
      #""segments_info": [{"id": 1},{"id": 2} , {"id": 3},{"id":4}]"#,
      #""note": "x},{\"id\": 5}, {\"id\": 6},{ ]}""#, #""escaped": "\\\"},{\\""#,
      #""deep": {"a": [{"b": [{"c": 1},{"c": 2}]},{"b": []}]}"#, #""none": null"#,
      #""ends": "}],\"categories\":[{""#,
    ]
    let annotations = (1...records).map { index in
      let blanks = String(repeating: " ", count: index % 7)
      let separator = index % 5 == 0 ? " ,\n\t" : ","
      return "{\"id\":\(index),\(blanks)\"image_id\":1,\"category_id\":1,\"bbox\":[1,2,3,\(index)],"
        + traps[index % traps.count] + "}" + (index < records ? separator : "")
    }
    let images = (1...records).map {
      #"{"id":\#($0),"file_name":"},{\#($0).jpg","width":1,"height":1}"#
    }
    return "{\"images\":[" + images.joined(separator: ", \r\n") + "],\n\"annotations\": [ "
      + annotations.joined()
      + " ] ,\"categories\":[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"},{\"}]}"
  }

  @Test(arguments: [1, 2])
  func `every size of stripes and pieces gives the same`(threads: Int) async throws {
    let folder = try TemporaryFolder()
    let text = Self.text(records: 24)
    let whole = try await folder.read(text.utf8)
    #expect(whole.faults.isEmpty)
    #expect(whole.dataset.annotations.map(\.id) == Array(1...24))
    #expect(whole.dataset.images.count == 24)
    #expect(whole.dataset.categories.count == 2)
    let file = try InputFile("\(folder.path)/a.json")
    for stripe in [16, 17, 23, 31, 40, 64, 99, 128, 150, 200] {
      for piece in [8, 9, 13, 16, 21, 32, 50, 64] {
        var reader = COCOReader(tasks: OrderedTasks(threads: threads))
        reader.sizes = JSONReadSizes(stripe: stripe, piece: piece)
        let contents = try await reader.read(file, source: 0)
        #expect(contents.dataset == whole.dataset, "stripe \(stripe), piece \(piece)")
        #expect(contents.faults.isEmpty, "stripe \(stripe), piece \(piece)")
        #expect(contents.met == whole.met, "stripe \(stripe), piece \(piece)")
      }
    }
  }

  @Test(arguments: COCOFaultTests.faults)
  func `faults are the same for every size too`(_ fault: COCOFaultTests.Fault) async throws {
    let folder = try TemporaryFolder()
    let whole = try await folder.read(fault.bytes)
    for (stripe, piece) in [(16, 8), (33, 16), (64, 64), (120, 20), (200, 40)] {
      for threads in [1, 2] {
        let contents = try await folder.read(
          fault.bytes, sizes: JSONReadSizes(stripe: stripe, piece: piece), threads: threads)
        #expect(contents.dataset == whole.dataset, "stripe \(stripe), piece \(piece)")
        #expect(contents.findings == whole.findings, "stripe \(stripe), piece \(piece)")
        #expect(contents.rejections == whole.rejections, "stripe \(stripe), piece \(piece)")
      }
    }
  }

  @Test func `records larger than pieces and stripes are read`() async throws {
    let folder = try TemporaryFolder()
    let numbers = (0..<5000).map(String.init).joined(separator: ",")
    let text = """
      {"annotations":[{"id":1,"image_id":1,"long":[\(numbers)]},{"id":2,"image_id":1},
      {"id":3,"image_id":1,"segmentation":[[\(numbers)]]}]}
      """
    let whole = try await folder.read(text.utf8)
    #expect(whole.dataset.annotations.map(\.id) == [1, 2, 3])
    for sizes in [JSONReadSizes(stripe: 64, piece: 16), JSONReadSizes(stripe: 5000, piece: 100)] {
      #expect(try await folder.read(text.utf8, sizes: sizes, threads: 2).dataset == whole.dataset)
    }
  }

  @Test func `a file of nothing but broken records is read in good time`() async throws {
    let folder = try TemporaryFolder()
    let records = (1...20_000).map { index in
      ["{\"id\":\(index)]}", "{\"id\":\(index),\"image_id\":", "{\"id\" \(index)}", "}"][index % 4]
    }
    let text =
      "{\"annotations\":[\(records.joined(separator: ","))],\"categories\":[{\"id\":1,\"name\":\"a\"}]}"
    let clock = ContinuousClock()
    let start = clock.now
    let contents = try await folder.read(text.utf8)
    #expect(start.duration(to: clock.now) < .seconds(20))
    #expect(contents.dataset.categories.map(\.id) == [1])
    #expect(contents.rejections.count >= 10_000)
  }
}
