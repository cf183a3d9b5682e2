import COCO
import Files
import YAML

/// An importer of `metadata.jsonl` among the images of each split, one line for each image, as
/// Hugging Face's `datasets` reads a folder of images; the class names are in the head of
/// `README.md`.
struct HuggingFaceImporter: Importer {
  /// The name of the files that hold the objects.
  static let fileName = "metadata.jsonl"

  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  func read(_ inputs: [InputTree]) async throws -> Imported {
    var imported = Imported()
    let files = inputs.flatMap { input in
      let names = options.classNames ?? Self.classNames(of: input)
      return Self.files(in: input).map { (path: $0, names: names) }
    }
    for input in inputs { imported.reportUnreadable(in: input) }
    let names = LabelTable(files.flatMap(\.names)).names
    let splits = FolderSplits(
      files.map { Path.folder(of: $0.path) }, below: Path.common(of: inputs.map(\.path)) ?? ".")
    var assemblers = SplitAssemblers { _ in Assembler(classNames: names, options: options) }
    let first = imported.sources.add(files.map(\.path))
    var numbers: Set<Int> = []
    try await options.tasks.run(files.count) { index in
      let (path, names) = files[index]
      var reader = HuggingFaceReader(
        names: names, folder: options.imagesFolder ?? Path.folder(of: path), file: first + index,
        options)
      reader.read(Result { () throws(FileError) in try InputFile.contents(path) })
      return reader
    } consume: { index, part in
      numbers.formUnion(part.numbers)
      let split = options.ignoresSplits ? nil : splits[Path.folder(of: files[index].path)]
      assemblers.add(part.batch, of: split, to: &imported)
      return true
    }
    if !numbers.isEmpty {
      imported.notes.append(
        "no class names were found; classes are called by their numbers (--categories names them)")
    }
    assemblers.finish(
      classes: names + numbers.sorted().map(String.init), skippingEmpty: true, into: &imported)
    return imported
  }

  /// Returns the files of objects in an input.
  static func files(in input: InputTree) -> [String] {
    input.isFolder
      ? input.files(endingIn: "jsonl").filter { Path.name(of: $0) == fileName } : [input.path]
  }

  /// Returns the names that the head of a dataset card gives the classes; none if there is no card.
  private static func classNames(of input: InputTree) -> [String] {
    let folder = input.isFolder ? input.path : Path.folder(of: input.path)
    for path in [folder, "\(folder)/.."].map({ Path.normalized("\($0)/README.md") }) {
      guard let bytes = try? InputFile.contents(path) else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      guard lines.first == "---" else { continue }
      let head = lines.dropFirst().prefix { $0 != "---" }.joined(separator: "\n")
      guard let root = try? Node.compose(head) else { continue }
      if let names = names(in: root) { return names }
    }
    return []
  }

  /// Returns the names below the first `class_label` of a card.
  private static func names(in node: Node) -> [String]? {
    if let sequence = node.sequence { return sequence.lazy.compactMap(names).first }
    guard let mapping = node.mapping else { return nil }
    if let names = mapping["class_label"]?.mapping?["names"] {
      if let list = names.sequence { return list.compactMap(\.string) }
      return names.mapping?.values.compactMap(\.string)
    }
    return mapping.values.lazy.compactMap(names).first
  }
}

extension Format {
  /// Returns the evidence that an input is a folder of images with objects; nil if there is none.
  static func huggingFaceEvidence(in input: InputTree) -> Evidence? {
    for path in HuggingFaceImporter.files(in: input)
    where Path.name(of: path) == HuggingFaceImporter.fileName {
      guard let head = try? InputFile(path).bytes(at: 0, count: 4096) else { continue }
      let text = String(decoding: head, as: UTF8.self)
      if text.includes("\"file_name\""), text.includes("\"bbox\"") {
        return Evidence("\(path) has file_name and bbox")
      }
    }
    return nil
  }
}
