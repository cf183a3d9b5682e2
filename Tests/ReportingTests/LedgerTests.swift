import COCO
import Testing

@testable import Reporting

struct LedgerTests {
  private static let ledger = Ledger(
    rows: [
      .init(
        "train", images: .init(read: 1200, written: 1198, rejected: 2),
        annotations: .init(read: 5000, written: 4900, changed: 90, rejected: 10)),
      .init(
        "val", images: .init(read: 300, written: 300),
        annotations: .init(read: 1000, written: 1000)),
    ],
    changes: [
      .init("corners put in order", annotations: 20), .init("size taken from the file", images: 1),
      .init("blanks taken from the name", annotations: 70),
    ])

  @Test func `is a table with totals`() {
    #expect(
      LedgerReporter().text(Self.ledger) == """
        images        read  written  changed  rejected
          train      1,200    1,198        0         2
          val          300      300        0         0
        ──────────────────────────────────────────────
          total      1,500    1,498        0         2
        annotations   read  written  changed  rejected
          train      5,000    4,900       90        10
          val        1,000    1,000        0         0
        ──────────────────────────────────────────────
          total      6,000    5,900       90        10

        changed:
          70 annotations  blanks taken from the name
          20 annotations  corners put in order
                 1 image  size taken from the file

        adds up: read = written + changed + rejected

        """)
  }

  @Test func `says which row does not add up`() {
    var ledger = Self.ledger
    ledger.rows[1].annotations.written = 999
    #expect(!ledger.addsUp)
    #expect(
      LedgerReporter().text(ledger).hasSuffix(
        "does not add up: annotations of val: read 1,000, but written + changed + rejected = 999\n")
    )
  }

  @Test func `does not add up where rows make up for each other`() {
    var ledger = Self.ledger
    ledger.rows[0].images.written -= 1
    ledger.rows[1].images.written += 1
    #expect(ledger.total.images.addsUp)
    #expect(!ledger.addsUp)
  }

  @Test func `is JSON too`() {
    var output = JSONOutput()
    output.append(LedgerReporter().json(Ledger(rows: [Self.ledger.rows[1]], changes: [])))
    let counts =
      #""images":{"read":300,"written":300,"changed":0,"rejected":0},"#
      + #""annotations":{"read":1000,"written":1000,"changed":0,"rejected":0}"#
    #expect(
      output.text == #"{"rows":[{"name":"val",\#(counts)}],"total":{"name":"total",\#(counts)},"#
        + #""changes":[],"adds_up":true}"#)
  }
}
