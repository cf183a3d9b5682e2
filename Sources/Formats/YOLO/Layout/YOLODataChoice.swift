import Files

/// The choice, among the data files of an input, of those that refer to existing files: others came
/// with the code of a trainer, or were written for another machine.
struct YOLODataChoice {
  /// The degree to which the files that a data file names exist.
  enum Strength: Int, Comparable, CaseIterable {
    /// Nothing that it names is here.
    case none
    /// There are images, without labels.
    case pictures
    /// There are labels below its folder, though it does not name where.
    case labelsBelow
    /// It names a list, or a folder that has labels.
    case named

    static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
  }

  /// The data files to read, one for each folder that is a set of its own.
  private(set) var used: [YOLODataFiles.Found] = []
  /// The notes on the other data files.
  private(set) var notes: [String] = []
  private let hasPicturesElsewhere: Bool
  private var pairing: YOLOPairing

  /// Chooses among the data files of an input.
  ///
  /// - Parameter folders: The folders of the input, in which labels are looked for.
  init(in tree: InputTree, _ folders: YOLOFolders, imagesFolder: String?) {
    pairing = YOLOPairing(folders)
    hasPicturesElsewhere = imagesFolder != nil
    var all: [Candidate] = []
    for found in YOLODataFiles.find(in: tree) { all.append(look(found)) }
    let darknet = all.filter(\.found.isDarknet)
    let yaml = all.filter { !$0.found.isDarknet }
    let strongest = darknet.map(\.strength).max()
    let isDarknet = strongest.map { best in yaml.allSatisfy { $0.strength <= best } } ?? false
    choose(among: isDarknet ? darknet : yaml)
  }

  private struct Candidate {
    var found: YOLODataFiles.Found
    /// The description; nil if the file cannot be understood.
    var description: YOLODescription?
    var strength: Strength

    var folder: String { Path.folder(of: found.path) }

    /// The number of names; nil if there are none.
    var names: Int? { description?.names?.byNumber.count }

    /// Whether the classes are those of COCO, which come with every trainer's code.
    var areClassesCOCOs: Bool {
      let names = description?.names?.byNumber
      return names?.count == 80 && names?[0] == "person" && names?[79] == "toothbrush"
    }
  }

  private mutating func look(_ found: YOLODataFiles.Found) -> Candidate {
    var unheard = Imported()
    let description = try? found.description(into: &unheard)
    return Candidate(
      found: found, description: description,
      strength: strength(of: description, in: Path.folder(of: found.path)))
  }

  private mutating func strength(of description: YOLODescription?, in folder: String) -> Strength {
    var strength = Strength.none
    for entry in description?.parts.flatMap(\.paths) ?? [] {
      guard let found = description?.find(WrittenPath(entry.text)) else { continue }
      let path = found.pictures?.path ?? found.labels ?? ""
      let isLabelled =
        found.labels != nil || !Folder.exists(path) || hasLabels(below: path, in: folder)
      strength = max(strength, isLabelled ? .named : .pictures)
    }
    if strength == .named { return strength }
    if hasLabels(below: folder, in: folder) { return .labelsBelow }
    let hasPictures = pairing.folders.folders(below: folder).contains { !$0.pictures.isEmpty }
    return hasPictures ? .pictures : strength
  }

  private mutating func hasLabels(below path: String, in root: String) -> Bool {
    pairing.folders.folders(below: path).contains { folder in
      if MadeFolders.isOfPredictions(folder.path, below: root) { return false }
      let isNamed = YOLOLabelRule.swap("labels", for: "images", in: folder.path) != nil
      if isNamed || hasPicturesElsewhere, folder.texts.contains(where: YOLOPairing.isLabel) {
        return true
      }
      return folder.pictures.contains { pairing.label(of: $0) != nil }
    }
  }
}

extension YOLODataChoice {
  /// Chooses the strongest of each folder, and none below or above another that is stronger.
  private mutating func choose(among candidates: [Candidate]) {
    let least =
      candidates.contains { $0.strength >= .labelsBelow } ? Strength.labelsBelow : .pictures
    var byFolder: [String: [Candidate]] = [:]
    var strangers: [String] = []
    for candidate in candidates {
      if candidate.strength >= least || hasPicturesElsewhere || candidate.description == nil {
        byFolder[candidate.folder, default: []].append(candidate)
      } else if candidate.description?.parts.isEmpty == true, least == .pictures {
        byFolder[candidate.folder, default: []].append(candidate)
      } else {
        strangers.append(candidate.found.path)
      }
    }
    note(strangers) {
      $0
        ? "are not used: nothing that they name is here"
        : "is not used: nothing that it names is here"
    }
    let firsts = byFolder.keys.sorted(by: NaturalOrder.precedes).compactMap { folder in
      byFolder[folder].flatMap { best(of: $0, in: folder) }
    }
    var chosen: [Candidate] = []
    for candidate in Strength.allCases.reversed().flatMap({ strength in
      firsts.filter { $0.strength == strength }
    }) {
      let folder = candidate.folder
      let isBelow = chosen.contains {
        Self.isPath(folder, below: $0.folder)
          || Self.isPath($0.folder, below: folder) && $0.strength > candidate.strength
      }
      if !isBelow { chosen.append(candidate) }
    }
    used = chosen.map(\.found).sorted { NaturalOrder.precedes($0.path, $1.path) }
    noteUnused(byFolder.values.flatMap { $0 })
  }

  private mutating func noteUnused(_ candidates: [Candidate]) {
    guard let first = used.first else { return }
    let paths = candidates.map(\.found.path).filter { path in !used.contains { $0.path == path } }
      .sorted(by: NaturalOrder.precedes)
    note(paths) { ($0 ? "are" : "is") + " not used, \(first.path) is" }
  }

  /// Adds a note on files, on each if they are few; `sentence` gives the form for one and for many.
  private mutating func note(_ paths: [String], _ sentence: (_ isMany: Bool) -> String) {
    if paths.count > 3 {
      notes.append("\(paths[0]) and \(paths.count - 1) more data files " + sentence(true))
    } else {
      notes += paths.map { "\($0) " + sentence(false) }
    }
  }

  /// Returns the data file of a folder that fits its labels best; of several the one with the usual
  /// name, or else the one with the fewest names.
  private mutating func best(of candidates: [Candidate], in folder: String) -> Candidate? {
    let strength = candidates.map(\.strength).max()
    let strongest = candidates.filter { $0.strength == strength }
    guard strongest.count > 1 else { return strongest.first }
    let highest = highestClass(below: folder, of: strongest)
    func rank(_ candidate: Candidate) -> [Int] {
      let names = candidate.names ?? 0
      return [
        names > highest ? 0 : 1, candidate.areClassesCOCOs && highest < 79 ? 1 : 0,
        Self.rank(candidate.found.path), names,
      ]
    }
    return strongest.min { rank($0).lexicographicallyPrecedes(rank($1)) }
  }

  /// Returns the highest class number in the labels that candidates may refer to; -1 if there is
  /// none. Of very many labels some are examined.
  private mutating func highestClass(below folder: String, of candidates: [Candidate]) -> Int {
    let named = candidates.compactMap(\.description).flatMap { description in
      description.parts.flatMap(\.paths).compactMap { entry in
        description.find(WrittenPath(entry.text)).flatMap { $0.labels ?? $0.pictures?.path }
      }
    }
    var labels: Set<String> = []
    for root in [folder] + named.filter(Folder.exists) {
      for folder in pairing.folders.folders(below: root) {
        labels.formUnion(folder.texts.filter(YOLOPairing.isLabel))
      }
    }
    let paths = labels.sorted()
    let text = LabelText()
    let most = 1024
    return stride(from: 0, to: paths.count, by: max(paths.count / most, 1)).reduce(-1) {
      max($0, Self.highestClass(in: paths[$1], text))
    }
  }

  private static func highestClass(in path: String, _ text: LabelText) -> Int {
    guard (try? text.load(path)) != nil else { return -1 }
    var row = YOLORow()
    var highest = -1
    var position = text.start
    while true {
      while position < text.count, YOLORow.endsField(text.bytes[position]) { position += 1 }
      guard position < text.count else { return highest }
      row.read(text.bytes, &position)
      guard row.malformed == nil, row.values.count >= 5,
        let number = Int(exactly: row.values[0]), number <= YOLOClasses.highest
      else { continue }
      highest = max(highest, number)
    }
  }

  /// Returns the data file of a folder whose name is the most usual.
  static func usual(in tree: InputTree) -> YOLODataFiles.Found? {
    YOLODataFiles.find(in: tree).min { rank($0.path) < rank($1.path) }
  }

  /// Returns the rank of a file: the usual names come first.
  private static func rank(_ path: String) -> Int {
    let usual = ["obj.data", "data.yaml", "data.yml", "dataset.yaml", "dataset.yml"]
    return usual.firstIndex(of: Path.name(of: path).lowercased()) ?? usual.count
  }

  private static func isPath(_ path: String, below folder: String) -> Bool {
    if path == folder { return false }
    return folder == "."
      ? !path.hasPrefix("/") : path.hasPrefix(folder == "/" ? folder : folder + "/")
  }
}

/// The folders that trainers write, by their names.
enum MadeFolders {
  /// Returns whether a file or folder lies where trainers write predictions.
  static func isOfPredictions(_ path: String, below root: String) -> Bool {
    contains(path, below: root) { name in
      name == "runs" || name == "predictions"
        || name.hasPrefix("predict") && name.dropFirst("predict".count).allSatisfy(\.isNumber)
    }
  }

  /// Returns whether a file lies where trainers write drawings.
  static func isOfDrawings(_ path: String, below root: String) -> Bool {
    let names: Set<Substring> = ["results", "output", "outputs"]
    return isOfPredictions(path, below: root)
      || contains(path, below: root) { names.contains($0) }
  }

  /// Returns whether a name of the folders of a path below `root`, its own among them, is meant.
  private static func contains(
    _ path: String, below root: String, _ isMeant: (Substring) -> Bool
  ) -> Bool {
    let parts = Path.normalized(path).split(separator: "/")
    let above = Path.normalized(root).split(separator: "/").filter { $0 != "." }
    let below = parts.starts(with: above) ? parts.dropFirst(above.count) : parts[...]
    return below.contains(where: isMeant)
  }
}
