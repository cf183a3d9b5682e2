/// An option that may stand in `copra.yaml` too, declared beside the flag of its name.
public struct ConfigurableOption: Sendable {
  /// The form of a value on the command line.
  enum Kind: Sendable {
    case value
    /// The flag is present if the value is true.
    case flag
    /// A path, which in the file is relative to that file.
    case path
    /// A list of names, or the path of a file that holds them.
    case namesOrPath
  }

  /// The flag without its dashes.
  let name: String
  let kind: Kind

  private init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  private static func values(_ names: String...) -> [ConfigurableOption] {
    names.map { ConfigurableOption($0, .value) }
  }
}

/// The options of all verbs, which both programs know, since one file serves them all and a key
/// that no verb has is an error.
extension ConfigurableOption {
  /// The number of threads.
  public static let threads = ConfigurableOption("threads", .value)

  /// The options for the interpretation of an input: `InputOptions`.
  public static let input =
    values("from", "exif", "voc-pixels", "difficult", "csv-units", "csv-columns", "masks", "task")
    + [
      threads, ConfigurableOption("images", .path), ConfigurableOption("categories", .namesOrPath),
      ConfigurableOption("category-map", .path),
      ConfigurableOption("drop-unused-categories", .flag),
    ]

  /// The options for the output.
  public static let output =
    values("to", "layout", "pictures", "val", "yolo-rows", "outlines", "runs", "on-error") + [
      ConfigurableOption("upright", .flag), ConfigurableOption("voc-whole", .flag),
    ]

  /// The options for the rules that run and the findings that count.
  public static let rules =
    values("select", "ignore", "for", "max-warnings") + [
      ConfigurableOption("baseline", .path), ConfigurableOption("cache", .path),
      ConfigurableOption("no-image-checks", .flag),
    ]

  static let all = input + output + rules
}
