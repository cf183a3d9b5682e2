/// All sets with planted faults, and those without.
enum Plantings {
  static let coco =
    JSONLayout.allCases.flatMap { layout in
      [COCOPlanter.clean(layout), COCOPlanter.mendable(layout), COCOPlanter.unmendable(layout)]
    } + DatasetPlanter.categories + DatasetPlanter.splits
  static let voc =
    [VOCPlanter.clean(), VOCPlanter.objects(), VOCPlanter.files()] + VOCPlanter.sets
  static let yolo =
    [
      YOLOPlanter.clean(), YOLOPlanter.rows(), YOLOPlanter.files(), YOLOPlanter.looks(),
      YOLOPlanter.leaks(),
    ] + YOLOPlanter.names + YOLOPlanter.lists
  static let csv =
    [CSVPlanter.clean(), CSVPlanter.rows(), CSVPlanter.pictures()] + CSVPlanter.tables
  static let masks = [MaskPlanter.clean(), MaskPlanter.files()]

  static let all = coco + voc + yolo + csv + masks
}
