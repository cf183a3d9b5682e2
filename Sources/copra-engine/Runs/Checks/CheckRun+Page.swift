import COCO
import Console
import Datasets
import Files
import Formats
import Linting
import Reporting

/// The page that `copra report` makes, with what a model sees.
extension CheckRun {
  func writePage(of report: CheckReport, _ imported: Imported) async throws {
    guard let output = settings.page else { return }
    let reader = settings.linter.reader
    var page = DatasetPage(of: imported.datasets, imported, from: settings.inputs)
    page.addFindings(
      Self.findings(of: report, in: imported.datasets), of: imported,
      rules: settings.linter.rules.rules, importOptions: reader.importOptions)
    page.check = PageCheck(CheckJSON.object(of: report), of: imported.datasets)
    try await page.addPictures(of: imported, by: Thumbnails(readBy: reader))
    try output.write(page, besides: imported.sources.paths)
  }

  /// The findings with their records in the splits that were read: a model is given all splits as one,
  /// or one of them, where records have other numbers.
  private static func findings(of report: CheckReport, in datasets: [Dataset]) -> [Finding] {
    let places = RecordPlaces(datasets, of: report.findings.compactMap(\.origin))
    return report.findings.map { finding in
      var finding = finding
      let placed = finding.origin.flatMap { places[$0] }
      finding.record = placed ?? (datasets.count == 1 ? finding.record : nil)
      return finding
    }
  }
}
