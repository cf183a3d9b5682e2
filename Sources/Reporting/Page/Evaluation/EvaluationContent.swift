import COCO
import DetectionMetrics

/// The part of a page on an evaluation; its markup, `Resources/evaluation.mustache`, names these
/// properties.
struct EvaluationContent {
  struct Chart {
    var name: String
    var svg: String
  }

  struct Worst {
    var note: String
    var cards: [FindingCard]
  }

  private static let mostCharts = 80

  let note: String
  let figures: PageTable
  let overview: String
  let confusion: PageTable?
  let worst: Worst?
  let table: PageTable?
  let charts: [Chart]
  let hasCharts: Bool
  let chartsLeft: String?

  init(_ page: PageEvaluation, _ store: PictureStore) {
    let evaluation = page.evaluation
    let curves = EvaluationCurves(evaluation)
    let kind = evaluation.settings.iouType.rawValue
    note =
      "COCO’s figures for \(kind) on \(evaluation.images.grouped) images; – means that there is "
      + "nothing to compare"
    var figures = PageTable(head: ["", "value"])
    for figure in evaluation.summary {
      figures.add(figure.name, [figure.value < 0 ? "–" : figure.value.fixed(3)])
    }
    self.figures = figures
    overview = curves.svg
    confusion = evaluation.confusion.map(ConfusionTable.table)
    worst = page.worst.isEmpty ? nil : Self.worst(page, store)
    table = Self.table(evaluation)
    let all = curves.charts
    charts = all.prefix(Self.mostCharts).map { Chart(name: $0.title, svg: $0.svg) }
    hasCharts = charts.count > 1
    let left = all.count - charts.count
    chartsLeft = left > 0 ? "\(left.grouped) more categories have no curves here" : nil
  }

  private static func table(_ evaluation: Evaluation) -> PageTable? {
    guard !evaluation.categories.isEmpty else { return nil }
    var table = PageTable(head: [""] + CategoryFigures.head.dropFirst())
    for row in CategoryFigures.all(of: evaluation) { table.add(row.name, row.cells) }
    return table
  }

  private static func worst(_ page: PageEvaluation, _ store: PictureStore) -> Worst {
    let cards = FindingCards(store)
    return Worst(
      note:
        "The most missed and false boxes at IoU \(PageEvaluation.iou.brief(1)), detections from score "
        + "\(page.leastScore.brief(2))",
      cards: page.worst.map { picture in
        let (missed, wrong) = (picture.missed.count, picture.wrong.count)
        var card = FindingCard(
          message: "\(missed.grouped) missed, \(wrong.grouped) false", drawing: "")
        cards.describe(picture.image, nil, in: &card)
        let marks =
          picture.missed.map { PictureStore.Mark(kind: "missed", box: $0.box) }
          + picture.wrong.map { PictureStore.Mark(kind: "false", box: $0.box) }
        card.drawing = store.drawing(
          of: picture.image, marks, words: "\(card.picture ?? ""): \(card.message)")
        return card
      })
  }
}

/// The confusions between categories as a table: a matrix if it fits, or else the worst pairs.
enum ConfusionTable {
  private static let mostColumns = 12
  private static let mostPairs = 30

  static func table(_ confusion: ConfusionMatrix) -> PageTable {
    let names = confusion.categories.map(\.name)
    var table = names.count <= mostColumns ? matrix(confusion, names) : pairs(confusion, names)
    let start = "Detections from score \(confusion.leastScore.brief(2))"
    table.notes = ["\(start): \(ConfusionText.sums(of: confusion))"]
    return table
  }

  private static func matrix(_ confusion: ConfusionMatrix, _ names: [String]) -> PageTable {
    var table = PageTable(head: ["object"] + names + ["missed"])
    for (row, name) in (names + ["background"]).enumerated() {
      table.add(name, (0..<confusion.side).map { confusion[row, $0].grouped })
    }
    return table
  }

  private static func pairs(_ confusion: ConfusionMatrix, _ names: [String]) -> PageTable {
    var table = PageTable(head: ["object", "detected as", "count"])
    for mistake in confusion.mistakes.prefix(mostPairs) {
      table.add(names[mistake.truth], [names[mistake.detection], mistake.count.grouped])
    }
    return table
  }
}
