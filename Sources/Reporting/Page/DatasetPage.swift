public import COCO

/// A self-contained page on a dataset, which needs no network and no fonts. It shows the parts that
/// are given.
public struct DatasetPage: Sendable {
  /// The heading, which names the subject of the page.
  public var title: String
  /// The datasets that findings and images refer to.
  public var datasets: [Dataset]
  /// The account of the records met while reading; nil leaves it out.
  public var ledger: Ledger?
  /// The statistics; nil leaves them out.
  public var statistics: Statistics?
  /// The findings; nil leaves them out.
  public var findings: PageFindings?
  /// The evaluation; nil leaves it out.
  public var evaluation: PageEvaluation?
  /// The check of the data by a model; nil leaves it out.
  public var check: PageCheck?
  /// The curves of a training as an SVG element; nil leaves them out.
  public var training: String?
  /// The images that findings and evaluation show.
  public var pictures = PagePictures()

  /// Creates a page without content.
  public init(title: String, of datasets: [Dataset] = []) {
    self.title = title
    self.datasets = datasets
  }

  /// Returns the images that the page would show, the most useful ones first, each once.
  ///
  /// - Parameter limit: The most images.
  public func wantedPictures(limit: Int) -> [RecordReference] {
    let lists = [
      check?.pictures ?? [], evaluation?.pictures ?? [],
      findings?.pictures(limit: limit, of: datasets) ?? [],
    ]
    var seen: Set<RecordReference> = []
    return Array(lists.joined().filter { seen.insert($0).inserted }.prefix(limit))
  }

  /// The page as HTML.
  public var html: String { PageTemplate.page.render(PageContent(self)) }
}
