import COCO
import Testing

@Suite("Index of ids")
struct IDIndexTests {
  static let lists: [[Int]] = [
    [], [7], [1, 2, 3, 4], [0, 1, 2], [-2, -1, 0, 1], [5, 4, 3], [1, 2, 4], [3, 1, 2, 1, 3],
    [.max], [.max - 1, .max], [.max, .min], [.min, .max, 0], [1, 1_000_000_000_000, 5, 1],
  ]

  @Test(arguments: lists)
  func `each id is found where it stands first`(_ ids: [Int]) {
    let index = IDIndex(ids)
    for id in ids + ids.map({ $0 &+ 1 }) + ids.map({ $0 &- 1 }) + [0] {
      #expect(index.position(of: id) == ids.firstIndex(of: id))
    }
  }

  @Test(arguments: lists)
  func `ids that stood before are named`(_ ids: [Int]) {
    let repeated = ids.indices.filter { ids.firstIndex(of: ids[$0]) != $0 }
    #expect(IDIndex(ids).repeated == repeated)
    let annotations = ids.map { Annotation(id: $0, imageID: 1, categoryID: 1) }
    #expect(IDIndex(annotations).repeated == repeated)
  }
}
