import COCO
import Files

/// An importer of YOLO's label files, with an object on each row of numbers: Ultralytics' with
/// `data.yaml`, Darknet's with `obj.data`, and plain folders.
struct YOLOImporter: Importer {

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    var sources: [YOLOSource] = []
    for input in inputs { sources += try find(input, into: &imported) }
    let jobs = jobs(for: sources, into: &imported)
    let sets = sources.map {
      YOLOSet(names: $0.names, keypoints: $0.description.keypoints, options)
    }
    var totals = YOLOTotals()
    let names = sets.flatMap(\.classes.labels.names)
    let places = sources.compactMap(\.description.names?.places)
      .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    var splits = SplitAssemblers { name in
      var assembler = Assembler(classNames: names, classOrigins: places, options: options)
      assembler.expect(pictures: jobs.reduce(0) { $0 + ($1.split == name ? $1.items.count : 0) })
      return assembler
    }
    try await options.tasks.run(jobs.count) { index in
      let job = jobs[index]
      return YOLOReader.read(job.items, firstFile: job.firstFile, of: sets[job.source])
    } consume: { index, part in
      totals.add(part)
      splits.add(part.batch, of: jobs[index].split, to: &imported)
      return true
    }
    imported.findings += totals.separatorFindings
    note(sources, totals, into: &imported)
    // Classes without names come in the order of their numbers.
    let isOpen = sets.contains(where: \.classes.isOpen)
    let classes = names + (isOpen ? totals.numbers.sorted().map(String.init) : [])
    splits.finish(classes: classes, skippingEmpty: true, into: &imported)
    if let keypoints = sets.lazy.compactMap(\.keypoints).first {
      for index in imported.datasets.indices { describe(keypoints, in: &imported.datasets[index]) }
    }
    return imported
  }

  /// A stretch of a split's items, for one task.
  private struct Job: Sendable {
    var source: Int
    var split: String?
    var items: ArraySlice<YOLOItem>
    var firstFile: Int
  }

  private func jobs(for sources: [YOLOSource], into imported: inout Imported) -> [Job] {
    let size = 96
    var jobs: [Job] = []
    for (source, splits) in sources.map(\.splits).enumerated() {
      for split in splits {
        let first = imported.sources.add(split.items.map(\.source))
        for start in stride(from: 0, to: split.items.count, by: size) {
          let items = split.items[start..<min(start + size, split.items.count)]
          jobs.append(
            Job(source: source, split: split.name, items: items, firstFile: first + start))
        }
      }
    }
    return jobs
  }
}

extension YOLOImporter {
  /// Returns the sets of one input: of its data files, else its folders.
  private func find(
    _ input: InputTree, into imported: inout Imported
  ) throws -> [YOLOSource] {
    var folders = YOLOFolders()
    folders.add(input)
    if let elsewhere = options.imagesFolder { folders.add(try InputTree(elsewhere)) }
    imported.reportUnreadable(in: input)
    if !input.isFolder {
      let isDarknet = Path.fileExtension(input.path) == "data"
      let found = YOLODataFiles.Found(path: input.path, isDarknet: isDarknet, key: "")
      return try source(found, folders, below: nil, home: nil, into: &imported).map { [$0] } ?? []
    }
    let choice = YOLODataChoice(in: input, folders, imagesFolder: options.imagesFolder)
    imported.notes += choice.notes
    if !choice.used.isEmpty {
      return try choice.used.compactMap {
        let home = choice.used.count == 1 ? input.path : Path.folder(of: $0.path)
        return try source($0, folders, below: input.path, home: home, into: &imported)
      }
    }
    if let sources = try sourcesByNames(in: input, folders, into: &imported) { return sources }
    var description = YOLODescription(roots: [input.path])
    try findNames(for: input, &description, into: &imported)
    return [try YOLOSource(description, folders, below: input.path, options, into: &imported)]
  }

  /// Returns a set for each folder that has a file of names of its own, if these differ and every
  /// image and label lies below one; nil if one file is that of all.
  private func sourcesByNames(
    in input: InputTree, _ folders: YOLOFolders, into imported: inout Imported
  ) throws -> [YOLOSource]? {
    let files = NamesFile.nearest(in: input)
    guard files.count > 1, options.classNames == nil else { return nil }
    let contents = files.map { (try? InputFile.contents($0)) ?? [] }
    guard Set(contents).count > 1 else { return nil }
    let homes = files.map { Path.folder(of: $0) + "/" }
    let records = input.files.filter {
      ImageFiles.isImage($0) || Path.ends($0, in: "txt") && YOLOPairing.isLabel($0)
    }
    guard records.allSatisfy({ record in homes.contains { record.hasPrefix($0) } }) else {
      imported.notes.append(
        "files of names differ, the first two \(files[0]) and \(files[1]); the first is used for all"
      )
      return nil
    }
    imported.notes.append(
      "class names are read from the \(files.count) files named like \(files[0])")
    return try files.map { file in
      let folder = Path.folder(of: file)
      var description = YOLODescription(roots: [folder])
      description.names = try NamesFile.read(file, into: &imported)
      return try YOLOSource(description, folders, below: folder, options, into: &imported)
    }
  }

  /// Reads names of classes from a file in the input, or else from one beside it or in the folder
  /// that holds it.
  private func findNames(
    for input: InputTree, _ description: inout YOLODescription, into imported: inout Imported
  ) throws {
    let above = Path.normalized(Path.join(input.path, ".."))
    let near = Path.real(input.path) == "/" ? nil : try? InputTree(above, levels: 0)
    if let path = NamesFile.find(in: input) ?? near.flatMap(NamesFile.find(in:)) {
      description.names = try NamesFile.read(path, into: &imported)
      imported.notes.append("class names are read from \(path)")
    } else if let found = near.flatMap(YOLODataChoice.usual(in:)),
      let other = try found.description(into: &imported), let names = other.names
    {
      description.names = names
      description.keypoints = other.keypoints
      imported.notes.append("class names are read from \(found.path)")
    }
  }

  /// Returns the set of a data file; nil, with a finding, if the file cannot be understood. Labels
  /// in folders below `home` that it does not name belong to no other.
  private func source(
    _ found: YOLODataFiles.Found, _ folders: YOLOFolders, below input: String?, home: String?,
    into imported: inout Imported
  ) throws -> YOLOSource? {
    guard let description = try found.description(into: &imported) else { return nil }
    var root = description.roots[0]
    var folders = folders
    let hasTexts = folders.folders(below: root).contains {
      $0.texts.contains(where: YOLOPairing.isLabel)
    }
    if !hasTexts, let input { root = input }
    return try YOLOSource(
      description, folders, below: root, home: home, options, into: &imported)
  }

  private func note(
    _ sources: [YOLOSource], _ totals: YOLOTotals, into imported: inout Imported
  ) {
    noteMissing(sources, totals, into: &imported)
    if let highest = totals.highestUnnamed, sources.count == 1, let names = sources[0].names?.count
    {
      let known = names == 1 ? "only 1 class has a name" : "only \(names) classes have names"
      imported.notes.append(
        "the labels hold class numbers up to \(highest), and \(known); --categories takes all "
          + "names, in the order of the numbers")
    }
    if sources.contains(where: { $0.names == nil && !$0.splits.isEmpty }) {
      imported.notes.append(
        "no class names were found; classes are called by their numbers (--categories names them)")
    }
    if totals.hasQuadrilateralsOnly {
      imported.notes.append(
        "all rows hold four corners; they are read as oriented boxes, kept as polygons")
    }
    let ignored = totals.ignored
    guard let first = ignored.first else { return }
    let more = ignored.count > 1 ? " and \(ignored.count - 1) more text files are" : " is"
    imported.notes.append("\(first)\(more) no labels and ignored")
  }

  /// Reports that there is nothing to read, or that all labels lack their images.
  private func noteMissing(
    _ sources: [YOLOSource], _ totals: YOLOTotals, into imported: inout Imported
  ) {
    let splits = sources.flatMap(\.splits)
    let items = splits.reduce(0) { $0 + $1.items.count }
    if items == totals.ignored.count {
      imported.notes.append("there are no label files: nothing to convert")
    } else if options.imagesFolder == nil, options.knownSizes.isEmpty,
      splits.allSatisfy({ $0.items.allSatisfy { $0.picture == nil && $0.label != nil } })
    {
      let labels = items - totals.ignored.count
      let files =
        labels == 1
        ? "the label file has no image" : "none of the \(labels) label files has an image"
      imported.notes.append("\(files) here; --images gives their folder")
    }
  }

  /// Adds the names of keypoints, which COCO's categories have.
  private func describe(_ keypoints: YOLOKeypoints, in dataset: inout Dataset) {
    for index in dataset.categories.indices {
      dataset.categories[index].extra["keypoints"] = .array(keypoints.names.map { .string($0) })
      dataset.categories[index].extra["skeleton"] = .array([])
    }
  }
}

/// The totals of all parts.
struct YOLOTotals {
  /// The text files that proved to be no labels.
  private(set) var ignored: [String] = []
  /// The numbers of classes that have no name.
  private(set) var numbers: Set<Int> = []
  private(set) var highestUnnamed: Int?
  private var rows = 0
  private var quadrilaterals = 0
  private var separated: [YOLORow.Separator: (count: Int, first: Origin)] = [:]

  mutating func add(_ part: YOLOPart) {
    for (separator, more) in part.separated {
      separated[separator, default: (0, more.first)].count += more.count
    }
    ignored += part.ignored
    if let number = part.highestUnnamed { highestUnnamed = max(highestUnnamed ?? 0, number) }
    numbers.formUnion(part.batch.labels.names.lazy.compactMap { Int($0) })
    rows += part.rows
    quadrilaterals += part.quadrilaterals
  }

  /// A finding for everything that stands between values in the place of blanks.
  var separatorFindings: [Finding] {
    separated.sorted { $0.value.first < $1.value.first }.map { separator, met in
      let rows = met.count == 1 ? "1 row" : "\(met.count) rows"
      let found =
        separator == .decimalCommas
        ? "expected decimal points, found decimal commas in \(rows)"
        : "expected blanks between the values, found \(separator.rawValue) in \(rows)"
      return Finding(
        .malformedValue, severity: .warning, found + "; they are read nevertheless", at: met.first)
    }
  }

  /// Whether there are rows and all hold four corners.
  var hasQuadrilateralsOnly: Bool { rows > 0 && rows == quadrilaterals }
}

/// A set of an input: its description, and its images and labels split by split.
struct YOLOSource: Sendable {
  let description: YOLODescription
  /// The names of the classes, the user's before the set's own.
  let names: [Int: String]?
  let splits: [YOLOSplit]

  init(
    _ description: YOLODescription, _ folders: YOLOFolders, below root: String,
    home: String? = nil, _ options: ImportOptions, into imported: inout Imported
  ) throws {
    self.description = description
    let given = options.classNames.map { names in
      Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0, $1) })
    }
    names = given ?? description.names?.byNumber
    splits = try YOLOPlan.splits(
      description, folders, below: root, home: home, options, into: &imported)
  }
}
