import COCO

/// See `summary`.
struct SameFolderSplits: SplitsRule {
  static let kind = FaultKind.sameFolderSplits
  static let summary = "two splits that consist mostly of the same files"
  static let explanation = """
    More than half of the files of the smaller split also belong to the other, for example because \
    `val` points to the folder of `train`. Such a split measures what the model has memorised. Fix \
    the paths of the splits; single shared images are then reported as `split-leakage`. A whole \
    set beside its parts, and two versions of one file, do not count as splits.
    """
  static let examples = [
    Example(
      "a val that points to the images of train",
      Subject(
        [.example(split: "train"), .example(split: "val")],
        pictures: [[.example("train/beach.jpg")], [.example("train/beach.jpg")]]),
      isFlagged: true),
    Example(
      "a file and its later version",
      Subject(
        [.example(split: "beach"), .example(split: "beach_2")],
        pictures: [[.example("beach.jpg")], [.example("beach.jpg")]], remainders: [0, 1]),
      isFlagged: false),
    Example(
      "separate folders",
      Subject(
        [.example(split: "train"), .example(split: "val")],
        pictures: [
          [.example("train/beach.jpg")],
          [.example("val/beach.jpg", hash: 9, perceptualHash: 0xFF)],
        ]),
      isFlagged: false),
  ]

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    guard sets.count > 1 else { return }
    let paths = SplitPaths(sets)
    let pairs = paths.shared.keys.sorted { ($0.second, $0.first) < ($1.second, $1.first) }
    for pair in pairs
    where paths.isOneFolder(pair.first, pair.second) && sets[pair.first].isSplit
      && sets[pair.second].isSplit
    {
      guard let place = paths.firstShared[pair] else { continue }
      let message =
        "the splits \(sets[pair.first].name) and \(sets[pair.second].name) share "
        + "\(paths.shared[pair, default: 0]) files of \(paths.smallerSize(of: pair)); expected "
        + "files of their own"
      faults.add(fault(message, .fileName), image: place.index, of: sets[place.set])
    }
  }
}
