import COCO

/// The assemblers of the splits, in the order in which their first images come.
struct SplitAssemblers {
  private let makeAssembler: (String?) -> Assembler
  private var names: [String?] = []
  private var assemblers: [Assembler] = []

  /// Creates the list; `makeAssembler` makes the assembler of the split of a name.
  init(_ makeAssembler: @escaping (String?) -> Assembler) {
    self.makeAssembler = makeAssembler
  }

  /// Adds a batch to its split and moves its account of everything else to `imported`.
  mutating func add(
    _ batch: consuming PictureBatch, of split: String?, to imported: inout Imported
  ) {
    let index = names.firstIndex(of: split) ?? names.count
    if index == names.count {
      names.append(split)
      assemblers.append(makeAssembler(split))
    }
    assemblers[index].add(batch, to: &imported)
  }

  /// Adds the datasets of the splits to `imported`, with `classes` before all others.
  mutating func finish(
    classes: [String] = [], skippingEmpty: Bool = false, into imported: inout Imported
  ) {
    for (index, name) in names.enumerated() where !(skippingEmpty && assemblers[index].isEmpty) {
      assemblers[index].finish(split: name, hasOwnOrder: true, classes: classes, into: &imported)
    }
  }
}
