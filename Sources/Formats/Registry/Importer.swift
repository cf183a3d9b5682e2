import COCO
public import Files

/// An importer of one annotation format.
public protocol Importer: Sendable {
  init(_ options: ImportOptions)

  /// Reads everything in the inputs. Throws only where an input cannot be opened at all; whatever
  /// is wrong with the data becomes a finding or a rejection.
  func read(_ inputs: [InputTree]) async throws -> Imported
}
