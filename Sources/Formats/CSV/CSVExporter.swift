import COCO

/// `annotations.csv` with the columns of TensorFlow's tables, an object a row; a picture without
/// objects has a row with empty fields.
///
/// A column `split` follows where there are splits, then one for each attribute, then `iscrowd`
/// where there are crowds. Boxes are written as their edges, xmax = x + width, and come back within
/// 1e-9 px.
struct CSVExporter: Exporter {

  init(_ options: ExportOptions) {}

  func export(_ datasets: [Dataset]) -> Exported {
    var losses = Losses()
    losses.add(datasets: datasets)
    let categories = CategoryTable(datasets)
    var used = [Bool](repeating: false, count: categories.names.count)
    var tables: [ObjectTable] = []
    for (index, dataset) in datasets.enumerated() {
      let objects = ObjectTable(dataset, categories: categories.numbers[index], losses: &losses)
      objects.mark(&used)
      tables.append(objects)
    }
    let writer = CSVWriter(
      columns: CSVTableColumns(datasets), classes: categories.names.map(CSVQuoting.quoted))
    var output = TextOutput(capacity: 1 << 20)
    writer.appendHeader(to: &output)
    var known: Set<String> = []
    for (dataset, objects) in zip(datasets, tables) {
      for (index, image) in dataset.images.enumerated() {
        if !image.extra.isEmpty { losses.add(.pictureExtras) }
        guard !image.fileName.isEmpty else {
          losses.add(.unnamedPictures)
          losses.add(.stranded, objects[index].count)
          continue
        }
        let isNew = known.insert("\(dataset.split ?? "")/\(image.fileName)").inserted
        if !isNew { losses.add(.mergedPictures) }
        writer.append(
          image, split: dataset.split, objects[index], dataset.annotations, to: &output,
          losses: &losses)
      }
    }
    categories.addLosses(toUnlisted: &losses, used: used)
    let file = ExportedFile(path: "annotations.csv", contents: .bytes(output.bytes))
    return Exported(files: [file], losses: losses.list)
  }
}
