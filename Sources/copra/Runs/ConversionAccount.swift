import COCO
import Console
import Files
import Formats
import Reporting

/// What a conversion tells of its input: notes, findings, and a ledger that adds up.
struct ConversionAccount {
  private var imported: Imported
  private var findings: [Finding]
  /// The numbers of records that were kept; nil where the import holds them.
  private var kept: KeptRecords?

  init(_ imported: Imported) {
    self.imported = imported
    findings = imported.allFindings
  }

  var status: ExitStatus {
    findings.contains { $0.severity == .error } ? .findings : .clean
  }

  /// False where there was something to read, and none of it could be.
  var hasRead: Bool {
    imported.read != RecordCounts() || status == .clean
  }

  /// - Parameter turnsUpright: whether the output has pictures as they are shown.
  func printNotes(turnsUpright: Bool) {
    for note in imported.notes { Terminal.message("note: \(note)") }
    guard let first = imported.turned.first, !turnsUpright else { return }
    let count = imported.turned.count
    let pictures = count == 1 ? "1 image, \(first)," : "\(count) images, the first \(first),"
    Terminal.message(
      "note: EXIF rotates \(pictures) and their sizes are given as shown; programs that ignore "
        + "EXIF see them unrotated (--upright writes them as shown, --exif stored uses the stored sizes)"
    )
  }

  func printFindings() {
    FindingPrinter.print(findings.locatedInJSON(imported), in: imported.sources)
  }

  /// Goes on with what was written of the set, and tells of what could not be.
  ///
  /// - Parameter kept: the numbers of records written, where the import does not hold them.
  mutating func take(_ written: Imported, kept: KeptRecords? = nil) {
    self.kept = kept
    let reported = imported.rejections.count
    let found = written.findings.dropFirst(imported.findings.count)
    imported = written
    findings = written.allFindings
    let unwritable = written.rejections.dropFirst(reported).filter { !$0.followsPicture }
    FindingPrinter.print(
      (found + unwritable.map(\.finding)).locatedInJSON(written), in: written.sources)
  }

  /// - Parameter isMessage: whether standard output is for the records.
  func printLedger(isMessage: Bool = false) throws {
    let ledger = kept.map { Ledger(imported, kept: $0) } ?? Ledger(imported)
    let text = LedgerReporter().text(ledger)
    if isMessage {
      Terminal.message(text, terminator: "")
    } else {
      try Terminal.print(text)
    }
    guard ledger.addsUp else {
      throw CommandFailure("the ledger does not add up: this is a bug in copra, please report it")
    }
  }
}

extension [Finding] {
  /// The findings at the values that they are about, where these are found without reading a file
  /// again.
  fileprivate func locatedInJSON(_ imported: Imported) -> [Finding] {
    imported.format?.holdsAll == true ? located(in: imported.sources) : self
  }

  /// The findings at the values that they are about, in files of COCO's keys.
  func located(in sources: Sources) -> [Finding] {
    var finder = FieldFinder(sources, format: .coco)
    finder.namesPaths = false
    return map { finder.locate($0) }
  }
}
