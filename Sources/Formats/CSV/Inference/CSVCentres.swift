import COCO
import Files

/// The evidence of whether columns called just `x` and `y` are the centre of the box: their names
/// leave it open, and all boxes together may prove it.
struct CSVCentres {
  /// The message on a table whose boxes are given by their centre; nil if nothing proves it.
  let evidence: String?

  /// The distance in pixels that rounding moves a box past an edge.
  private static let slack = 1.0
  /// The size at which parts of an image are compared.
  private static let whole = 10_000.0

  /// Collects the evidence.
  ///
  /// - Parameters:
  ///   - areNormalised: Whether the numbers are parts of the image's size.
  ///   - size: Returns the size of an image, nil if it is not known; called only if every box may
  ///     have its centre there.
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

  /// Returns whether the names indicate no corner, and the user has not chosen.
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

  /// Returns whether no box with its centre there would begin outside the image, which shows
  /// without the images' sizes.
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
