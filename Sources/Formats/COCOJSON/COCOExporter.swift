import COCO

/// COCO JSON: `instances_SPLIT.json` for each split, `instances.json` where there are none.
struct COCOExporter: Exporter {

  init(_ options: ExportOptions) {}

  func export(_ datasets: [Dataset]) -> Exported {
    Exported(
      files: datasets.map { dataset in
        let name = dataset.split.map { "instances_\($0).json" } ?? "instances.json"
        return ExportedFile(path: name, contents: .coco(dataset))
      })
  }
}
