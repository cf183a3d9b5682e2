import COCO
import Files

/// Whether columns called just `x` and `y` are the middle of the box: their names leave it open, and
/// all boxes together may prove it.
struct CSVCentres {
  /// What is to be said of a table whose boxes are given by their middle; nil where nothing proves it.
  let evidence: String?

  /// How far past an edge rounding moves a box, in pixels.
  private static let slack = 1.0
  /// The size on which parts of a picture are looked at.
  private static let whole = 10_000.0

  /// - Parameters:
  ///   - areNormalised: whether the numbers are parts of the picture's size.
  ///   - size: the size of a picture, nil where it is not known; asked for only where every box may
  ///     have its middle there.
  init(
    _ table: CSVTable, areNormalised: Bool, options: ImportOptions,
    size: (CSVPicture) -> ImageSize?
  ) {
    guard Self.areOpen(table.layout.columns, options) else {
      evidence = nil
      return
    }
    let scale = areNormalised ? Self.whole : 1
    evidence =
      Self.mayBeMiddles(table, scale: scale)
      ? Self.evidence(table, scale: scale) { picture in
        areNormalised
          ? (Self.whole, Self.whole) : size(picture).map { (Double($0.width), Double($0.height)) }
      } : nil
  }

  /// Whether the names say nothing of a corner, and the user says nothing at all.
  private static func areOpen(_ columns: CSVColumns, _ options: ImportOptions) -> Bool {
    guard columns.hasHeader, columns.numbers == .extent,
      case .columns(let x, let y, _, _) = columns.form
    else { return false }
    if options.csvColumns.keys.contains(where: { CSVRole(word: $0)?.isCoordinate == true }) {
      return false
    }
    return CSVColumnName(columns.names[x]).coordinate?.role == .x
      && CSVColumnName(columns.names[y]).coordinate?.role == .y
  }

  /// Whether no box with its middle there would begin outside the picture, which shows without the
  /// pictures' sizes.
  private static func mayBeMiddles(_ table: CSVTable, scale: Double) -> Bool {
    let slack = slack / scale
    return table.pictures.indices.allSatisfy { picture in
      var fits = true
      table.forEachRow(of: picture) { _, row in
        fits =
          fits && row.third > 0 && row.fourth > 0 && row.first >= row.third / 2 - slack
          && row.second >= row.fourth / 2 - slack
      }
      return fits
    }
  }

  private static func evidence(
    _ table: CSVTable, scale: Double, _ size: (CSVPicture) -> (Double, Double)?
  ) -> String? {
    var samples: [BoxReading.Sample] = []
    for (number, picture) in table.pictures.enumerated() where table.rowCount(of: number) > 0 {
      guard let (width, height) = size(picture) else { return nil }
      table.forEachRow(of: number) { _, row in
        let box = Box(
          x: row.first * scale, y: row.second * scale, width: row.third * scale,
          height: row.fourth * scale)
        samples.append(BoxReading.Sample(box, width: width, height: height))
      }
    }
    let isWithin = samples.allSatisfy { sample in
      let box = sample.box
      return box.x + box.width / 2 <= sample.width + slack
        && box.y + box.height / 2 <= sample.height + slack
    }
    guard isWithin, let reading = BoxReading(count: samples.count, sample: { samples[$0] }),
      reading.form == .centres
    else { return nil }
    let names = table.layout.columns.form.columns.prefix(2).map { table.layout.columns.names[$0] }
    return
      "\(names[0]) and \(names[1]) are the middle of the box: as its corner \(reading.witnesses) "
      + "of \(reading.boxes) boxes would reach past their image, as its middle none does"
  }
}
