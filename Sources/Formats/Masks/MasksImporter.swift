import COCO
import Files

/// An importer of masks of instances: a PNG for each image, in which 0 is the background and every
/// other value, or colour, an object, as in PennFudan's `PedMasks` and VOC's `SegmentationObject`.
///
/// Objects are of one class, or of the class given by the folder of their mask, a file of names
/// beside it, or the same place of a mask of classes. The regions of one value are one object,
/// however many there are, unless the user defines values as classes.
struct MasksImporter: Importer {
  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var found = try MaskPairs(inputs, imagesFolder: options.imagesFolder)
    var imported = Imported()
    if !options.ignoresSplits { MaskSplitLists(inputs).apply(to: &found, &imported.notes) }
    let pairs = found
    for input in inputs { imported.reportUnreadable(in: input) }
    let classFiles = MaskClassFiles(inputs)
    let meaning = MaskMeaning(of: pairs, classFiles, options: options)
    let (label, labels) = classes(of: pairs, classFiles, meaning, notes: &imported.notes)
    let masks = pairs.pictures.map { $0.masks.map(\.path) }
    let first = imported.sources.add(masks.flatMap(\.self))
    let sources = masks.reduce(into: [first]) { $0.append(($0.last ?? 0) + $1.count) }
    let reader = MaskReader(
      options: options, meaning: meaning, classFiles: classFiles, label: label,
      usesVOCNames: pairs.haveClassFolders)
    var splits = SplitAssemblers { _ in Assembler(classNames: labels, options: options) }
    var tally = MaskTally()
    try await options.tasks.run(pairs.pictures.count) { index in
      reader.read(pairs.pictures[index], source: sources[index])
    } consume: { index, part in
      tally.add(part)
      let split = options.ignoresSplits ? nil : pairs.pictures[index].split
      splits.add(part.batch, of: split, to: &imported)
      return true
    }
    reportUnmatched(pairs.unmatched, in: &imported)
    splits.finish(into: &imported)
    imported.notes += meaning.notes + tally.notes(meaning)
    if pairs.pictures.isEmpty {
      imported.notes.append("no masks found: expected PNGs in a folder called masks or instances")
    }
    return imported
  }

  /// Returns the class of objects whose mask names none, and all classes in the order of their ids.
  private func classes(
    of pairs: MaskPairs, _ classFiles: MaskClassFiles, _ meaning: MaskMeaning,
    notes: inout [String]
  ) -> (label: String, all: [String]) {
    let given = options.classNames ?? []
    let label = given.count == 1 ? given[0] : "object"
    let masks = pairs.pictures.flatMap(\.masks)
    var named = pairs.labels
    var needsLabel = named.isEmpty || masks.contains { $0.label == nil }
    if needsLabel, meaning.areClasses || masks.contains(where: { $0.classPath != nil }) {
      for mask in masks where mask.label == nil {
        let names = classFiles.classes(of: mask.path)?.names ?? []
        named += names.filter { !named.contains($0) }
      }
      needsLabel = false
    }
    for file in classFiles.unread {
      notes.append("\(file) is not used: it names no values, or colours, of classes")
    }
    if given.count > 1, needsLabel {
      notes.append("masks name no class, so all objects are of the class \"\(label)\"")
    }
    let found = needsLabel ? Set(named + [label]).sorted() : named
    if named.isEmpty, needsLabel { return (label, [label]) }
    return (label, given + found.filter { !given.contains($0) })
  }

  /// Rejects images without a mask: they may show objects that nobody has drawn.
  private func reportUnmatched(_ paths: [String], in imported: inout Imported) {
    let first = imported.sources.add(paths)
    imported.read.images += paths.count
    for (index, path) in paths.enumerated() {
      let finding = Finding(
        .imageWithoutLabelFile,
        "this image has no mask and is left out",
        at: Origin(file: first + index, offset: 0))
      imported.rejections.append(Rejection(.image, finding, record: path))
    }
  }
}

/// The combined evidence of all masks for their meaning.
private struct MaskTally {
  private var voidCount = 0
  private var regionCount = 0
  private var singleCount = 0
  private var multipleCount = 0
  private var softCount = 0
  private var mostSoftValues = 0
  private var unnamedCount = 0

  mutating func add(_ part: MaskReader.Part) {
    voidCount += part.voidCount
    regionCount += part.regionCount
    singleCount += part.objectCount == 1 ? 1 : 0
    multipleCount += part.objectCount > 1 ? 1 : 0
    softCount += part.softCount
    mostSoftValues = max(mostSoftValues, part.mostSoftValues)
    unnamedCount += part.unnamedCount
  }

  func notes(_ meaning: MaskMeaning) -> [String] {
    var notes: [String] = []
    if softCount > 0 {
      let subject = softCount == 1 ? "1 mask has" : "\(softCount) masks have"
      notes.append(
        "\(subject) soft edges, of up to \(mostSoftValues) grey values: what is half as bright as "
          + "the shapes or more is an object, each connected region one (--masks instances takes "
          + "every value for one)")
    }
    if unnamedCount > 0 {
      notes.append(
        "\(unnamedCount) objects are called by their value or colour, which no file names")
    }
    if voidCount > 0 {
      notes.append(
        "the value 255 is the border between objects and no object itself, as in VOC (\(voidCount) masks)"
      )
    }
    if regionCount > 0 {
      notes.append(
        "values below 1000 are regions without instances, as in Cityscapes (\(regionCount) left out)"
      )
    }
    if singleCount > 1, multipleCount == 0, !meaning.splitsRegions, softCount == 0 {
      notes.append(
        "no mask has more than one value, so each image has at most one object "
          + "(--masks classes makes one of each connected region)")
    }
    return notes
  }
}
