import COCO

@testable import Reporting

/// Small datasets and findings to report on.
enum Examples {
  /// Four pictures, three of them with objects; two categories that are used and one that is not.
  static let train = Dataset(
    split: "train",
    images: [
      Image(id: 10, fileName: "a.jpg", width: 640, height: 480),
      Image(id: 20, fileName: "b.jpg", width: 640, height: 480),
      Image(id: 30, fileName: "c.jpg", width: 320, height: 200),
      Image(id: 40, fileName: "d.jpg", width: 0, height: 0),
    ],
    annotations: [
      annotation(1, image: 10, category: 7, width: 20, height: 20),
      annotation(2, image: 20, category: 7, width: 64, height: 48),
      annotation(3, image: 10, category: 7, width: 160, height: 80),
      annotation(4, image: 10, category: 9, width: 320, height: 240, isCrowd: 1),
      annotation(5, image: 40, category: 9, width: 31, height: 33),
    ],
    categories: [
      Category(id: 7, name: "crab"), Category(id: 9, name: "palm"), Category(id: 11, name: "boat"),
    ])

  static let val = Dataset(
    split: "val",
    images: [Image(id: 10, fileName: "e.jpg", width: 100, height: 100)],
    annotations: [annotation(1, image: 10, category: 1, width: 10, height: 10)],
    categories: [Category(id: 1, name: "boat"), Category(id: 2, name: "crab")])

  static func annotation(
    _ id: Int, image: Int, category: Int?, width: Double, height: Double, isCrowd: Int = 0
  ) -> Annotation {
    Annotation(
      id: id, imageID: image, categoryID: category,
      box: Box(x: 0, y: 0, width: width, height: height), isCrowd: isCrowd)
  }

  static func statistics(_ format: String, _ datasets: [Dataset]) -> String {
    let type = StatisticsReporters.all.first { $0.name == format }
    let reporter = type?.init(StatisticsReportOptions())
    return reporter?.report(Statistics(datasets)) ?? "no reporter is named \(format)"
  }
}
