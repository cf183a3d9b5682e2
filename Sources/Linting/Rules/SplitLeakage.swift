import COCO

/// See `summary`.
struct SplitLeakage: SplitsRule {
  static let kind = FaultKind.splitLeakage
  static let summary = "an image that is in two splits"
  static let explanation = """
    The model was trained on an image that it is tested on, so the metric overstates its quality. \
    Files that two splits list and files with the same bytes are reported as errors; files whose \
    perceptual hashes differ in only a few bits and whose details agree, as in \
    `near-duplicate-image`, are reported as warnings. Remove the image from one of the splits. Two \
    splits that share a folder are reported as `same-folder-splits`. Images that a split shares \
    with a set that is not a split, such as the whole set beside it, give a single warning: \
    `convert` counts an image with the same boxes once.
    """
  static let examples = [
    Example(
      "a copy of a training image",
      Subject(
        [
          .example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")], split: "train"),
          .example(images: [.example(1, "c.jpg"), .example(2, "d.jpg")], split: "val"),
        ],
        pictures: [
          [
            .example("train/a.jpg", hash: 7),
            .example("train/b.jpg", hash: 8, perceptualHash: 0xFF),
          ],
          [
            .example("val/c.jpg", hash: 7), .example("val/d.jpg", hash: 9, perceptualHash: 0xFF00),
          ],
        ]), isFlagged: true),
    Example(
      "a split beside the whole set",
      Subject(
        [.example(images: [.example(1, "a.jpg")]), .example(split: "train")],
        pictures: [[.example("all/a.jpg", hash: 7)], [.example("train/beach.jpg", hash: 7)]],
        remainders: [0]), isFlagged: true),
    Example(
      "different images with the same names",
      Subject(
        [.example(split: "train"), .example(split: "val")],
        pictures: [
          [.example("train/beach.jpg", hash: 7)],
          [.example("val/beach.jpg", hash: 9, perceptualHash: 0xFF)],
        ]), isFlagged: false),
  ]

  /// The most bits in which the perceptual hashes of two images may differ.
  var bits = 5
  /// The least correlation of the details of two images.
  var likeness = 0.75

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    guard sets.count > 1 else { return }
    // A picture of the whole must not stand before its copies in two splits.
    let ordered = sets.filter(\.isSplit) + sets.filter { !$0.isSplit }
    let paths = SplitPaths(ordered)
    var byHash: [PictureFacts.BytesHash: PictureReference] = [:]
    var nearest = NearestHashes(distance: bits)
    var copies = RemainderCopies()
    for set in ordered {
      var looks: [(hash: UInt64, name: PictureReference)] = []
      for index in set.pictures.indices {
        guard let picture = set.pictures[index] else { continue }
        let here = PictureReference(set: set.index, index: index)
        var leak = Leak(paths.firsts[picture.path], .path)
        if let hash = picture.soundBytesHash {
          if leak.original?.set == here.set { leak = Leak(byHash[hash], .bytes) }
          if byHash[hash] == nil { byHash[hash] = here }
        }
        if let hash = picture.comparableHash {
          if leak.original == nil, set.isSplit,
            let (name, bits) = nearest.closest(
              to: hash, where: { sets[$0.set].looks(of: $0.index, like: picture, likeness) })
          {
            leak = Leak(name, .looks(bits: bits))
          }
          if set.isSplit { looks.append((hash, here)) }
        }
        guard let original = leak.original, original.set != here.set else { continue }
        guard set.isSplit, sets[original.set].isSplit else {
          copies.add(here, of: original)
          continue
        }
        if paths.isOneFolder(original.set, here.set) { continue }
        let fault = fault(
          leak.message(sets[original.set], original), .fileName, severity: leak.severity)
        faults.add(fault, image: index, of: set)
      }
      for (hash, name) in looks { nearest.insert(hash, as: name) }
    }
    for (pair, copy) in copies.all {
      // Two versions of one file are told by their reader.
      let areVersions = !sets[pair.first].isSplit && !sets[pair.second].isSplit
      if areVersions, paths.isOneFolder(pair.first, pair.second) { continue }
      let fault = fault(copy.message(sets, pair), .fileName, severity: .warning)
      faults.add(fault, image: copy.first.index, of: sets[copy.first.set])
    }
  }
}

/// The images that a split shares with a dataset that is no split.
private struct RemainderCopies {
  struct Copies {
    var count: Int
    var first: PictureReference

    func message(_ sets: [DatasetView], _ pair: SplitPaths.Pair) -> String {
      let (one, other) = (sets[pair.second], sets[pair.first])
      let files = count == 1 ? "1 file" : "\(count) files"
      return
        "\(files) of \(one.name) \(count == 1 ? "is" : "are") in \(other.name) too, and one of "
        + "the two is no split: images with the same boxes count once"
    }
  }

  private var byPair: [SplitPaths.Pair: Copies] = [:]

  mutating func add(_ copy: PictureReference, of original: PictureReference) {
    let pair = SplitPaths.Pair(first: original.set, second: copy.set)
    byPair[pair, default: Copies(count: 0, first: copy)].count += 1
  }

  /// The pairs in the order of their datasets.
  var all: [(pair: SplitPaths.Pair, copies: Copies)] {
    byPair.sorted { ($0.key.second, $0.key.first) < ($1.key.second, $1.key.first) }
      .map { ($0.key, $0.value) }
  }
}

/// An image of an earlier split that may be the same, and the evidence for it.
private struct Leak {
  enum Evidence {
    case path, bytes
    case looks(bits: Int)
  }

  let original: PictureReference?
  let evidence: Evidence

  init(_ original: PictureReference?, _ evidence: Evidence) {
    self.original = original
    self.evidence = evidence
  }

  var severity: Finding.Severity {
    if case .looks = evidence { .warning } else { .error }
  }

  func message(_ set: DatasetView, _ original: PictureReference) -> String {
    let file = "\"\(set.dataset.images[original.index].fileName)\" of split \(set.name)"
    return switch evidence {
    case .path: "the file is \(file) too"
    case .bytes: "the file has the same bytes as \(file)"
    case .looks(let bits):
      "the image looks like \(file): \(bits) of 64 bits of their hashes differ"
    }
  }
}
