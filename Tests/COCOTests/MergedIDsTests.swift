import COCO
import Testing

@Suite("Ids of splits that become one set")
struct MergedIDsTests {
  private func dataset(images: [Int], annotations: [Int]) -> Dataset {
    Dataset(
      images: images.map { Image(id: $0, fileName: "\($0).jpg", width: 1, height: 1) },
      annotations: annotations.map { Annotation(id: $0, imageID: images[0], categoryID: 1) })
  }

  @Test func `ids that tell all records apart are kept`() {
    let ids = MergedIDs([
      dataset(images: [7, 9], annotations: [3]), dataset(images: [8], annotations: [5, 4]),
    ])
    #expect(ids.areKept)
    #expect(ids.image(8) == RecordReference(.image, 0, dataset: 1))
    #expect(ids.annotation(4) == RecordReference(.annotation, 1, dataset: 1))
    #expect(ids.image(1) == nil && ids.annotation(7) == nil)
  }

  @Test func `where two records share an id, images and annotations are numbered from 1`() {
    let ids = MergedIDs([
      dataset(images: [7, 9], annotations: [3]), dataset(images: [8], annotations: [3]),
    ])
    #expect(!ids.areKept)
    #expect(ids.image(2) == RecordReference(.image, 1, dataset: 0))
    #expect(ids.image(3) == RecordReference(.image, 0, dataset: 1))
    #expect(ids.annotation(2) == RecordReference(.annotation, 0, dataset: 1))
    #expect(ids.image(0) == nil && ids.image(4) == nil && ids.image(7) == nil)
  }
}
