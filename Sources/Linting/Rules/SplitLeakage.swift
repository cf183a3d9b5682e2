import COCO

/// See `summary`.
struct SplitLeakage: SplitsRule {
  static let severity = Finding.Severity.error
  static let summary = "a picture that stands in two splits"
  static let explanation = """
    What a model is tested on it has learnt by heart, and the metric says more than is true. Reported \
    are files that two splits name and files of the same bytes, as errors, and files that look the \
    same but for a few bits of their perceptual hash, as warnings. Remove the picture from one of the \
    splits. Two splits of one folder are the matter of `same-folder-splits`.
    """
  static let examples = [
    Example(
      "a copy of a training picture",
      Subject(
        [
          .example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")], split: "train"),
          .example(images: [.example(1, "c.jpg"), .example(2, "d.jpg")], split: "val"),
        ],
        pictures: [
          [.example("train/a.jpg", hash: 7), .example("train/b.jpg", hash: 8)],
          [.example("val/c.jpg", hash: 7), .example("val/d.jpg", hash: 9)],
        ]), isFlagged: true),
    Example(
      "other pictures of the same names",
      Subject(
        [.example(split: "train"), .example(split: "val")],
        pictures: [
          [.example("train/beach.jpg", hash: 7)], [.example("val/beach.jpg", hash: 9)],
        ]), isFlagged: false),
  ]

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    guard sets.count > 1 else { return }
    let pairs = SplitPaths(sets)
    var byHash: [PictureFacts.BytesHash: PictureReference] = [:]
    var leaked: Set<PictureReference> = []
    for set in sets {
      for index in set.pictures.indices {
        guard let picture = set.pictures[index] else { continue }
        let here = PictureReference(set: set.index, index: index)
        var original = pairs.firsts[picture.path]
        var what = "the file stands in split"
        if original?.set == here.set, let hash = picture.soundBytesHash {
          original = byHash[hash]
          what = "the file has the same bytes as one of split"
        }
        if let hash = picture.soundBytesHash, byHash[hash] == nil { byHash[hash] = here }
        guard let original, original.set != here.set else { continue }
        leaked.insert(here)
        guard !pairs.isOneFolder(original.set, here.set) else { continue }
        let other = sets[original.set]
        let message =
          "\(what) \(other.name) too: \"\(other.dataset.images[original.index].fileName)\""
        faults.add(Fault(message, .fileName), image: index, of: set)
      }
    }
  }
}
