/// The consumers that `copra validate --for` knows.
public enum Profiles {
  /// All of them, in the order of their names.
  public static let all: [any Profile.Type] = [
    Detectron2Profile.self,
    MMDetectionProfile.self,
    PycocotoolsProfile.self,
    TorchvisionProfile.self,
    UltralyticsProfile.self,
  ]

  /// The profile of this name; nil where there is none.
  public static func profile(named name: String) -> (any Profile.Type)? {
    all.first { $0.name == name }
  }
}
