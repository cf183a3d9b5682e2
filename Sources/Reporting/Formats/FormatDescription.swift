/// The description of an annotation format for people. The list of formats, the description of one
/// and the tables in the documentation are all made from it.
///
/// Texts are prose in which backticks mark code.
public struct FormatDescription: Sendable, Equatable {
  /// The word that `--from` and `--to` take.
  public var name: String
  /// The name in prose.
  public var title: String
  /// The content that is read, for example `oriented boxes`; empty if the format is only written.
  public var reads: [String]
  /// The content that is written; empty if the format is only read.
  public var writes: [String]
  /// The evidence by which an input is recognised, as a noun phrase.
  public var sign: String
  /// The extensions of its files, without a dot.
  public var extensions: [String]
  /// The variants that are read, as phrases between semicolons.
  public var variants: String
  /// The names of the options that concern this format alone.
  public var options: [String]

  /// Creates a description.
  public init(
    name: String, title: String, reads: [String], writes: [String], sign: String,
    extensions: [String], variants: String, options: [String]
  ) {
    self.name = name
    self.title = title
    self.reads = reads
    self.writes = writes
    self.sign = sign
    self.extensions = extensions
    self.variants = variants
    self.options = options
  }

  /// The content that it holds; that which is not written, although the format is, is marked.
  var holds: String {
    reads.map { writes.isEmpty || writes.contains($0) ? $0 : "\($0) (read only)" }
      .joined(separator: ", ")
  }

  /// Whether it is read, and whether it is written, as the cells of a table.
  var uses: [String] { [reads, writes].map { $0.isEmpty ? "–" : "yes" } }

  /// Its extensions with their dots.
  var endings: String { extensions.map { ".\($0)" }.joined(separator: ", ") }
}
