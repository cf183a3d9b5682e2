import COCO

/// Finds the picture that a mask belongs to, by their places and names.
struct PictureIndex {
  /// Which picture, and whether its name differs in letter case.
  struct Match {
    let picture: RolePath
    let index: Int
    let ignoresCase: Bool
  }

  private let pictures: [RolePath]
  private var names = Names()
  private var lowercaseNames = Names()

  init(_ pictures: [RolePath]) {
    self.pictures = pictures
    for (index, picture) in pictures.enumerated() { add(picture.stem, of: picture, index) }
    // A picture's whole name comes before another's name without a suffix.
    for (index, picture) in pictures.enumerated() {
      if let stem = MaskSuffix.removedFromPicture(picture.stem) { add(stem, of: picture, index) }
    }
  }

  private mutating func add(_ stem: String, of picture: RolePath, _ index: Int) {
    names.add(stem, in: picture.place.folders, index)
    lowercaseNames.add(stem.lowercased(), in: picture.place.folders.map { $0.lowercased() }, index)
  }

  /// The picture of `mask`: at the same place below its own folder, at that place less a folder
  /// that is the mask's class, or anywhere if only one has that name.
  func picture(of mask: RolePath) -> Match? {
    let stems = [mask.stem, MaskSuffix.removed(from: mask.stem)].compactMap(\.self)
    if let index = find(stems, mask.place.folders, mask, in: names) {
      return Match(picture: pictures[index], index: index, ignoresCase: false)
    }
    let folders = mask.place.folders.map { $0.lowercased() }
    guard let index = find(stems.map { $0.lowercased() }, folders, mask, in: lowercaseNames) else {
      return nil
    }
    return Match(picture: pictures[index], index: index, ignoresCase: true)
  }

  private func find(
    _ stems: [String], _ folders: [String], _ mask: RolePath, in names: Names
  ) -> Int? {
    var places = [folders]
    if mask.place.depth > 0 { places.append(folders.dropLast()) }
    if mask.place.depth > 1 {
      var outer = folders
      outer.remove(at: folders.count - mask.place.depth)
      places.append(outer)
    }
    for stem in stems {
      for place in places {
        if let index = names.index(of: stem, in: place) { return index }
      }
    }
    for stem in stems {
      guard let index = names.onlyIndex(of: stem) else { continue }
      if let split = mask.place.split, let other = pictures[index].place.split, split != other {
        continue
      }
      return index
    }
    return nil
  }
}

/// Pictures by place and by stem.
private struct Names {
  private var byPlace: [String: Int] = [:]
  /// -1 where several have the stem.
  private var byStem: [String: Int] = [:]

  mutating func add(_ stem: String, in folders: [String], _ index: Int) {
    let place = place(stem, folders)
    if byPlace[place] == nil { byPlace[place] = index }
    byStem[stem] = byStem[stem] == nil ? index : -1
  }

  func index(of stem: String, in folders: [String]) -> Int? {
    byPlace[place(stem, folders)]
  }

  func onlyIndex(of stem: String) -> Int? {
    byStem[stem].flatMap { $0 >= 0 ? $0 : nil }
  }

  private func place(_ stem: String, _ folders: [String]) -> String {
    (folders + [stem]).joined(separator: "/")
  }
}
