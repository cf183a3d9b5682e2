import TestSupport

/// The pictures and tables that `Fixtures/make_fixtures.py` writes.
let fixtures = FixtureFolder("ImagesTests/Fixtures")

extension FixtureFolder {
  /// All pictures' names.
  static let pictures = fixtures.table("headers.tsv").map { $0[0] }
}
