import COCO
public import Files

/// An importer of one annotation format.
public protocol Importer: Sendable {
  init(_ options: ImportOptions)

  /// Reads everything in the inputs. It throws only if an input cannot be opened at all; every
  /// fault in the data becomes a finding or a rejection.
  func read(_ inputs: [InputTree]) async throws -> Imported
}
