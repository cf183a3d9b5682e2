import DetectionModels
import Torch

@main
struct Engine {
  static func main() {
    Runtime.seed(0)
    let model = ResNet(blocks: [2, 2, 2, 2], bottleneck: false)
    print(model.state.count, model.parameterCount)
    for e in model.state.prefix(4) { print(e.key, e.tensor, e.tensor.to(.float64).sum().item(), e.tensor.to(.float64).norm().item()) }
    Runtime.seed(1)
    let x = Tensor.rand([2, 3, 64, 64])
    let y = withoutGradients { model(x, .inference) }
    print(y.shape, y.sum().item(), y.norm().item())
    let z = model(x, .training)
    z.mean().backward()
    print(z.norm().item(), model.conv1.weight.gradient!.norm().item())
  }
}
