import COCO
import Files

/// Pascal VOC: one XML file a picture, as LabelImg, CVAT, Roboflow and ImageNet write them.
///
/// Everingham et al., "The PASCAL Visual Object Classes Challenge"; the layout is VOCdevkit's, a
/// flat folder, or anything between.
struct VOCImporter: Importer {
  /// Files that a task reads in one go.
  private static let filesInChunk = 64

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  static func evidence(in input: InputTree) -> Evidence? {
    let files = input.files(endingIn: "xml")
    guard let first = files.first(where: VOCAnnotationReader.looksLikeAnnotation) else {
      return nil
    }
    let count = files.count == 1 ? "1 XML file" : "\(files.count) XML files"
    return Evidence("\(count), \(first) begins with <annotation>")
  }

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    let layout = VOCLayout(inputs, options: options, imported: &imported)
    var tallies = VOCTallies()
    for split in layout.splits {
      try await read(split, layout: layout, tallies: &tallies, into: &imported)
    }
    imported.findings += tallies.findings(pixels: options.vocPixels)
    return imported
  }

  private func read(
    _ split: VOCLayout.Split, layout: VOCLayout, tallies: inout VOCTallies,
    into imported: inout Imported
  ) async throws {
    let firstSource = imported.sources.add(split.files)
    var assembler = Assembler(classNames: options.classNames ?? [], options: options)
    assembler.expect(pictures: split.files.count)
    let chunks = (split.files.count + Self.filesInChunk - 1) / Self.filesInChunk
    let options = options
    let work: @Sendable (Int) -> VOCAnnotationReader.Batch = { chunk in
      let first = chunk * Self.filesInChunk
      let range = first..<min(first + Self.filesInChunk, split.files.count)
      var reader = VOCAnnotationReader(options: options, layout: layout)
      for index in range { reader.read(split.files[index], source: firstSource + index) }
      return reader.batch
    }
    try await options.tasks.run(chunks, work: work) { _, batch in
      tallies.add(batch.tallies)
      assembler.add(batch.pictures, to: &imported)
      return true
    }
    assembler.finish(
      split: split.name, hasOwnOrder: options.classNames != nil, into: &imported)
  }
}
