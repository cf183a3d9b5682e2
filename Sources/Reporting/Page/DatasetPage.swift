public import COCO

/// One page on a dataset that needs nothing else: no network, no fonts. What is given is shown; what is
/// absent is absent.
public struct DatasetPage: Sendable {
  /// The heading: what the page is of.
  public var title: String
  /// What findings and pictures refer to.
  public var datasets: [Dataset]
  /// What became of the records that were met while reading.
  public var ledger: Ledger?
  public var statistics: Statistics?
  public var findings: PageFindings?
  public var evaluation: PageEvaluation?
  public var check: PageCheck?
  /// The curves of a training, as an SVG element.
  public var training: String?
  /// The pictures that findings and evaluation show.
  public var pictures = PagePictures()

  public init(title: String, of datasets: [Dataset] = []) {
    self.title = title
    self.datasets = datasets
  }

  /// The pictures that the page would show, the most useful ones first, each once.
  ///
  /// - Parameter limit: at most so many.
  public func wantedPictures(limit: Int) -> [RecordReference] {
    let lists = [
      check?.pictures ?? [], evaluation?.pictures ?? [],
      findings?.pictures(limit: limit, of: datasets) ?? [],
    ]
    var seen: Set<RecordReference> = []
    return Array(lists.joined().filter { seen.insert($0).inserted }.prefix(limit))
  }

  /// The page.
  public var html: String { PageTemplate.page.render(PageContent(self)) }
}
