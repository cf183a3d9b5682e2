import COCO
import Foundation
import Testing

struct PlaceOrderTests {
  @Test func placesAreTheSameInWhateverOrderTheyAreAskedFor() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("copra-places-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("é{é}\nab\n".utf8).write(to: URL(fileURLWithPath: path))
    let sources = Sources([path])
    let offsets = [5, 0, 3, 8, 2, 7, 3, 0]
    var finder = PlaceFinder(sources)
    let together = offsets.map { finder.place(of: Origin(file: 0, offset: $0)) }
    let alone = offsets.map { offset in
      var finder = PlaceFinder(sources)
      return finder.place(of: Origin(file: 0, offset: offset))
    }
    #expect(together == alone)
    #expect(together.map(\.column) == [4, 1, 3, 2, 2, 1, 3, 1])
  }
}
