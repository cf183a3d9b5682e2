import Torch

/// A classification network's state under the keys of a detector's backbone.
struct NetworkState {
  /// The tensors of the layers that the backbone has.
  let state: StoredState
  /// The keys of all other tensors: those of the classifier, and of stages after the last map.
  let left: [String]
  private let prefixes: [String]

  init(_ stored: StoredState, for model: some Detector) {
    let parts = (model as? any BackboneDetector)?.networkParts ?? [NetworkPart()]
    let hasFeatures = stored.entries.contains { $0.key.hasPrefix(Self.features) }
    let modelKeys = model.state.map(\.key)
    var left: [String] = []
    state = stored.renamed { key in
      let current = DenseNet.currentKey(for: key)
      let isFeature = current.hasPrefix(Self.features)
      let own = isFeature ? String(current.dropFirst(Self.features.count)) : current
      let part = parts.filter { own.hasPrefix($0.network) }
        .max { $0.network.count < $1.network.count }
      // A tensor of a layer that the backbone has must fit; others are not needed.
      if let part, isFeature || !hasFeatures,
        case let layer = Self.backbone + part.layer(of: own),
        modelKeys.contains(where: { $0.hasPrefix(layer) })
      {
        return Self.backbone + part.backbone + own.dropFirst(part.network.count)
      }
      left.append(key)
      return nil
    }
    self.left = left
    prefixes = parts.map { Self.backbone + $0.backbone }
  }

  private static let features = "features."
  private static let backbone = "backbone."

  /// Returns whether a detector's key belongs to a layer of the network.
  func isOfNetwork(_ key: String) -> Bool { prefixes.contains { key.hasPrefix($0) } }
}

extension NetworkPart {
  /// Returns the prefix of all tensors of the backbone's layer that contains the network's tensor
  /// of a key.
  fileprivate func layer(of key: String) -> String {
    network.isEmpty ? backbone + key.prefix { $0 != "." } + "." : backbone
  }
}
