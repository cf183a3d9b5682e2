import DetectionModels
import Torch

@main
struct Engine {
  static func main() {
    Runtime.threads = 2
    if CommandLine.arguments.count > 2 { Runtime.keepMemory() }
    Runtime.seed(0)
    let model = ResNet(blocks: [3, 4, 6, 3], bottleneck: true)
    let x = Tensor.rand([1, 3, 800, 800])
    if CommandLine.arguments.count > 1 { model.lay(.channelsLast) }
    let clock = ContinuousClock()
    for _ in 0..<6 {
      let t = clock.measure { _ = withoutGradients { model(x, .inference) } }
      print(t)
    }
    let y = withoutGradients { model(x, .inference) }
    print(y.norm().item(), withoutGradients { model(x, .training).norm().item() })
  }
}
