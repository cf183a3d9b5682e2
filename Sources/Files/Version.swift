/// The version that every program prints by `--version`, and that the library and the wheel have.
public enum Version {
  /// The version by semantic versioning.
  public static let text = "0.1.0"
}
