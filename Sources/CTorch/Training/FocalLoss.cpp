// RetinaNet's loss in one pass over the logits, with its gradient.

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "../Shim/Guard.hpp"
#include "../Shim/Parallel.hpp"

using namespace copra;

namespace {

struct FocalOptions {
  /// The weight of what is there, against 1 - alpha for what is not.
  double alpha;
  /// The power to which what is missing to a right answer is raised.
  double gamma;
};

/// What a logit adds to the loss, and how fast.
template <typename T>
struct FocalTerm {
  T loss, slope;

  /// Of how wrong a logit is: itself where its class is not there, turned round where it is.
  FocalTerm(T wrong, T gamma) {
    const T small = std::exp(-std::abs(wrong));
    const T probability = (wrong >= 0 ? T(1) : small) / (1 + small);
    const T entropy = std::max(wrong, T(0)) + std::log1p(small);
    const T focus = gamma == 2 ? probability * probability : std::pow(probability, gamma);
    loss = focus * entropy;
    slope = focus * (gamma * (1 - probability) * entropy + probability);
  }
};

/// Rows of logits that one thread takes at a time.
constexpr int64_t rowsOfBlock = 64;

/// The sum of the loss; writes the gradient of each logit unless it is NULL.
template <typename T>
double focalLoss(const at::Tensor &logits, const at::Tensor &classes, const FocalOptions &options,
                 T *gradient) {
  const auto rows = logits.size(0), columns = logits.size(1);
  const auto *values = logits.data_ptr<T>();
  const auto *present = classes.data_ptr<int64_t>();
  const T alpha = static_cast<T>(options.alpha), gamma = static_cast<T>(options.gamma);
  const auto blocks = (rows + rowsOfBlock - 1) / rowsOfBlock;
  // Each block's own, added in their order: the same sum with any number of threads.
  std::vector<double> sums(static_cast<size_t>(blocks), 0);
  forEachInParallel(blocks, [&](int64_t block) {
    double sum = 0;
    const auto end = std::min((block + 1) * rowsOfBlock, rows);
    for (auto row = block * rowsOfBlock; row < end; row++) {
      const auto start = row * columns;
      if (present[row] < -1) {
        if (gradient) std::fill_n(gradient + start, columns, T(0));
        continue;
      }
      for (int64_t column = 0; column < columns; column++) {
        const bool isThere = column == present[row];
        const T value = values[start + column];
        const FocalTerm<T> term(isThere ? -value : value, gamma);
        const T weight = isThere ? alpha : 1 - alpha;
        sum += weight * term.loss;
        if (gradient) gradient[start + column] = (isThere ? -weight : weight) * term.slope;
      }
    }
    sums[static_cast<size_t>(block)] = sum;
  });
  double total = 0;
  for (const auto sum : sums) total += sum;
  return total;
}

class FocalLoss : public torch::autograd::Function<FocalLoss> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &logits,
                            const at::Tensor &classes, const FocalOptions &options) {
    const auto given = logits.contiguous();
    const auto gradient = logits.requires_grad() ? at::empty_like(given) : at::Tensor();
    const auto run = [&](auto zero) {
      using T = decltype(zero);
      return focalLoss<T>(given, classes, options,
                          gradient.defined() ? gradient.data_ptr<T>() : nullptr);
    };
    const auto loss = given.scalar_type() == at::kDouble ? run(0.0) : run(0.0f);
    context->save_for_backward({gradient});
    return at::full({}, loss, given.options());
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    return {context->get_saved_variables()[0] * gradients[0], at::Tensor(), at::Tensor()};
  }
};

/// The same by libtorch's operators.
at::Tensor composedLoss(const at::Tensor &logits, const at::Tensor &classes,
                        const FocalOptions &options) {
  const auto present = classes.unsqueeze(1);
  const auto isThere =
      present == at::arange(logits.size(1), present.options()).unsqueeze(0);  // [A, C]
  const auto targets = isThere.to(logits.scalar_type());
  const auto entropy = at::binary_cross_entropy_with_logits(logits, targets, {}, {},
                                                            at::Reduction::None);
  const auto wrong = at::where(isThere, -logits, logits).sigmoid();
  const auto weights = options.alpha * targets + (1 - options.alpha) * (1 - targets);
  const auto terms = weights * wrong.pow(options.gamma) * entropy;
  return terms.masked_fill(present < -1, 0).sum();
}

}  // namespace

ct_tensor *ct_focal_loss(const ct_tensor *logits, const ct_tensor *classes, double alpha,
                         double gamma, bool composed) {
  return tensorOf([&] {
    const auto &values = logits->value;
    const auto &present = classes->value;
    const auto type = values.scalar_type();
    TORCH_CHECK(values.dim() == 2 && (type == at::kFloat || type == at::kDouble),
                "expected float32 or float64 logits [A, C], found ", type, " ", values.sizes());
    TORCH_CHECK(present.dim() == 1 && present.size(0) == values.size(0) &&
                    present.device() == values.device() && present.scalar_type() == at::kLong,
                "expected int64 classes [", values.size(0), "] on the logits' device, found ",
                present.scalar_type(), " ", present.sizes());
    const FocalOptions options{alpha, gamma};
    return composed || !values.is_cpu()
               ? composedLoss(values, present, options)
               : FocalLoss::apply(values, present.contiguous(), options);
  });
}
